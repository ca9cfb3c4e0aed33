import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSigner } from '../../../server/infra/signer.ts';

const signer = createSigner(['a secret of at least thirty-two letters']);
const anyText = fc.string({ unit: 'grapheme' });

it('opens what it sealed, for the same purpose', () => {
  fc.assert(
    fc.property(anyText, anyText, (purpose, payload) => {
      expect(signer.open(purpose, signer.seal(purpose, payload))).toBe(payload);
    }),
  );
});

it('makes texts that fit into a link and a cookie', () => {
  fc.assert(
    fc.property(anyText, (payload) => {
      expect(signer.seal('survey', payload)).toMatch(/^[A-Za-z0-9_-]*\.[A-Za-z0-9_-]{22}$/);
    }),
  );
});

it('seals alike after a restart', () => {
  const again = createSigner(['a secret of at least thirty-two letters']);
  expect(again.open('survey', signer.seal('survey', 'c1:wm1'))).toBe('c1:wm1');
});

it.each([
  ['for another purpose', signer.seal('session', 'lisi')],
  ['with another secret', createSigner(['another secret of thirty-two letters']).seal('survey', 'lisi')],
  ['with the seal cut short', signer.seal('survey', 'lisi').slice(0, -1)],
  ['with half a seal', signer.seal('survey', 'lisi').slice(0, -11)],
  ['with a seal too long', `${signer.seal('survey', 'lisi')}AAAA`],
  ['with something behind it', `${signer.seal('survey', 'lisi')}.x`],
  ['without seal', signer.seal('survey', 'lisi').split('.')[0] ?? ''],
  ['with an empty seal', `${signer.seal('survey', 'lisi').split('.')[0]}.`],
  ['with nothing at all', ''],
  ['with a point only', '.'],
])('does not open a text %s', (_, sealed) => {
  expect(signer.open('survey', sealed)).toBeNull();
});

it('does not open a text with any letter of its content changed', () => {
  const sealed = signer.seal('survey', '{"campaignId":"c1"}');
  const length = sealed.indexOf('.');
  fc.assert(
    fc.property(fc.nat(length - 1), fc.constantFrom('A', 'b', '7', '_'), (at, letter) => {
      fc.pre(sealed[at] !== letter);
      expect(signer.open('survey', sealed.slice(0, at) + letter + sealed.slice(at + 1))).toBeNull();
    }),
  );
});

it('does not mix up purpose and content', () => {
  const [, mac] = signer.seal('a', 'b').split('.');
  fc.assert(
    fc.property(anyText, anyText, (purpose, payload) => {
      fc.pre(purpose !== 'a' || payload !== 'b');
      expect(signer.seal(purpose, payload).split('.')[1]).not.toBe(mac);
    }),
  );
});

it('opens nothing that anybody makes up', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(signer.open('survey', text)).toBeNull();
    }),
  );
});

it('opens links of an older secret that stands behind the new one, and seals with the new one', () => {
  const link = createSigner(['the old secret of thirty-two letters']).seal('survey', 'c1:wm1');
  const both = createSigner(['the new secret of thirty-two letters', 'the old secret of thirty-two letters']);
  expect(both.open('survey', link)).toBe('c1:wm1');
  const alone = createSigner(['the new secret of thirty-two letters']);
  expect(alone.open('survey', both.seal('survey', 'c1:wm1'))).toBe('c1:wm1');
  expect(alone.open('survey', link)).toBeNull();
});

it('opens links that were sealed under the secret itself, before keys were derived', () => {
  const body = Buffer.from('c1:wm1').toString('base64url');
  const mac = createHmac('sha256', 'a secret of at least thirty-two letters').update(`survey\n${body}`);
  const link = `${body}.${mac.digest().subarray(0, 16).toString('base64url')}`;
  expect(signer.open('survey', link)).toBe('c1:wm1');
  expect(signer.open('session', link)).toBeNull();
  expect(signer.seal('survey', 'c1:wm1')).not.toBe(link);
});

it('cannot be made without a secret', () => {
  expect(() => createSigner([])).toThrow(RangeError);
});
