import { assert, dictionary, jsonValue, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import {
  auditProblems,
  canonicalJson,
  isReading,
  plain,
  sealedText,
} from '../../../../server/domain/system/audit.ts';

it.each([
  ['GET /accounts/:accountId', 200, true],
  ['GET /accounts/:accountId', 399, true],
  ['GET /accounts/:accountId', 400, false], // refused: who tried what stays
  ['GET /audit', 403, false],
  ['HEAD /accounts', 200, true],
  ['POST /accounts', 200, false],
  ['GETTING /accounts', 200, false],
  ['account.merge', null, false],
  ['GET /accounts', undefined, false],
] as const)('takes %s with the answer %s for a reading: %s', (act, status, expected) => {
  expect(isReading(status === undefined ? { act } : { act, status })).toBe(expected);
});

it.each([
  [183, 1],
  [184, 0],
  [365, 0],
  [3660, 0],
  [3661, 1],
  [200.5, 1],
])('takes %d days of readings with %d problems: six months at the least', (readingDays, problems) => {
  expect(auditProblems({ readingDays })).toHaveLength(problems);
});

it('writes equal values in one way: keys in order, dates as text, what is undefined left out', () => {
  const at = new Date('2026-03-11T02:00:00.000Z');
  expect(canonicalJson({ b: 1, a: { d: [at, undefined], c: undefined } })).toBe(
    '{"a":{"d":["2026-03-11T02:00:00.000Z",null]},"b":1}',
  );
  expect([canonicalJson(undefined), canonicalJson(null), canonicalJson('')]).toEqual(['null', 'null', '""']);
});

it('seals everything but the hash', () => {
  const entry = { writer: 'a', seq: 1, prevHash: '', act: 'x', hash: 'h' };
  expect(sealedText(entry)).toBe(sealedText({ ...entry, hash: 'other' }));
  for (const change of [{ writer: 'b' }, { seq: 2 }, { prevHash: 'p' }, { act: 'y' }])
    expect(sealedText({ ...entry, ...change })).not.toBe(sealedText(entry));
});

it('gives the same text whatever the order of keys, and for what came back from a database', () => {
  assert(
    property(dictionary(string(), jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).toReversed());
      expect(canonicalJson(turned)).toBe(canonicalJson(value));
      expect(canonicalJson(plain(value))).toBe(canonicalJson(value));
    }),
  );
});
