import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { messageStart } from '../../../../server/domain/follow-ups/follow-up.ts';

it.each([
  ['', ''],
  ['好', '好'],
  ['好'.repeat(200), '好'.repeat(200)],
  ['好'.repeat(201), `${'好'.repeat(200)}…`],
])('a message is kept up to 200 characters, and only how a longer one began', (text, kept) => {
  expect(messageStart(text)).toBe(kept);
});

it('never cuts a character in two', () => {
  expect(messageStart('😀'.repeat(201))).toBe(`${'😀'.repeat(200)}…`);
});

it('keeps a beginning of whatever was sent', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 1000, unit: 'binary' }), (text) => {
      const kept = messageStart(text);
      expect(text.startsWith(kept === text ? kept : kept.slice(0, -1))).toBe(true);
      expect([...kept].length).toBeLessThanOrEqual(201);
    }),
  );
});
