import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isTooDeep, wellFormed } from '../../../server/domain/well-formed.ts';

it('mends every text of what came in, keys included, and leaves everything else as written', () => {
  const at = new Date(0);
  expect(wellFormed({ 'a\ud83d': ['制造\ud83d', { b: '\udc00x' }], n: 1, at, none: null })).toEqual({
    'a\ufffd': ['制造\ufffd', { b: '\ufffdx' }],
    n: 1,
    at,
    none: null,
  });
  expect(wellFormed('一\u0000二\u0007三\u007f\t四\r\n')).toBe('一二三\t四\r\n');
  expect(wellFormed('👨‍👩‍👧 恒通\u200b（上海）')).toBe('👨‍👩‍👧 恒通\u200b（上海）');
});

it('gives for any JSON what a database keeps to the letter', () => {
  const anyText = fc.string({
    unit: fc.oneof(fc.string({ unit: 'binary', maxLength: 1 }), fc.constantFrom('\ud83d', '\udc00')),
  });
  const value = fc.object({ key: anyText, values: [anyText, fc.integer(), fc.boolean()] });
  fc.assert(
    fc.property(value, (given) => {
      const text = JSON.stringify(wellFormed(given));
      expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
      expect(text).not.toMatch(/\\u(d[89a-f]|00(0[0-8bcef]|1|7f))/i);
    }),
  );
});

it('knows what is nested deeper than anything meant, without going down itself', () => {
  expect(isTooDeep(JSON.parse(`${'['.repeat(60)}${']'.repeat(60)}`))).toBe(false);
  expect(isTooDeep(JSON.parse(`${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`))).toBe(true);
});
