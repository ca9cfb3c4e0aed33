import { expect, it } from 'vitest';
import { createLog, withoutSecrets } from '../src/log.ts';

const rows = (count: number) => Array.from({ length: count }, (_, n) => n);
const entry = { kind: 'api' as const, name: 'x', status: 200, ms: 1, note: '' };

it('keeps the last five hundred entries', () => {
  const log = createLog(() => new Date(0));
  for (let n = 0; n < 500; n += 1) log.add(entry);
  expect(log.after(0)).toHaveLength(500);
  log.add(entry);
  expect(log.after(0)).toHaveLength(500);
  expect(log.after(0)[0]?.seq).toBe(2);
  expect(log.after(500).map(({ seq }) => seq)).toEqual([501]);
});

it('keeps twenty rows of a list and a thousand letters of a text, and says how many there were', () => {
  expect(withoutSecrets({ rows: rows(20) })).toEqual({ rows: rows(20) });
  expect(withoutSecrets({ rows: rows(21) })).toEqual({ rows: [...rows(20), '… 21'] });
  expect(withoutSecrets('x'.repeat(1000))).toBe('x'.repeat(1000));
  expect(withoutSecrets('x'.repeat(1001))).toBe(`${'x'.repeat(1000)}… 1001`);
});

it('takes secrets out, however deep', () => {
  const value = { request: { access_token: 'a', body: [{ corpsecret: 'b', name: '甲' }] }, user_ticket: 'c' };
  expect(withoutSecrets(value)).toEqual({
    request: { access_token: '***', body: [{ corpsecret: '***', name: '甲' }] },
    user_ticket: '***',
  });
});
