import { assert, dictionary, jsonValue, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  auditProblems,
  canonicalJson,
  createVerifier,
  isReading,
  plain,
  sealedText,
  type Chained,
  type Head,
} from '../../../server/domain/audit.ts';

/** Stands in for SHA-256: any text to another. */
const hashOf = (text: string) => `#${text}`.slice(0, 4000);
type Entry = Chained & { act: string };

/** A chain of `acts`, well made. */
function aChain(writer: string, acts: readonly string[]): Entry[] {
  const chain: Entry[] = [];
  for (const act of acts) {
    const last = chain.at(-1);
    const entry = { writer, seq: (last?.seq ?? 0) + 1, prevHash: last ? `h${last.seq}${writer}` : '', act };
    chain.push({ ...entry, hash: `h${entry.seq}${writer}` });
  }
  return chain;
}
/** Knows the hash of every entry as it was written. */
const known = (entries: readonly Entry[]) => {
  const hashes = new Map(entries.map((entry) => [sealedText(entry), entry.hash]));
  return (text: string) => hashes.get(text) ?? 'other';
};
function look(written: readonly Entry[], found: readonly Entry[], cuts: readonly Head[] = []) {
  const verifier = createVerifier<Entry>(known(written), cuts);
  for (const entry of found) verifier.see(entry);
  return verifier.report();
}
const faultsOf = (written: readonly Entry[], found: readonly Entry[]) =>
  look(written, found).faults.map(({ writer, seq, fault }) => `${writer}${seq} ${fault}`);

it('finds chains of several processes whole, and tells where each ends', () => {
  const entries = [...aChain('a', ['x', 'y', 'z']), ...aChain('b', ['x'])];
  expect(look(entries, entries)).toEqual({
    isWhole: true,
    entries: 4,
    forgotten: 0,
    faults: [],
    heads: [
      { writer: 'a', seq: 3, hash: 'h3a' },
      { writer: 'b', seq: 1, hash: 'h1b' },
    ],
  });
  expect(look([], [])).toEqual({ isWhole: true, entries: 0, forgotten: 0, faults: [], heads: [] });
});

it('sees an entry that was edited, taken out or put in, wherever it stands', () => {
  const [one, two, three] = aChain('a', ['x', 'y', 'z']);
  if (!one || !two || !three) throw new Error('three were made');
  const all = [one, two, three];
  expect(faultsOf(all, [one, { ...two, act: 'nothing' }, three])).toEqual(['a2 changed']);
  expect(faultsOf(all, [one, three])).toEqual(['a3 gap']);
  expect(faultsOf(all, [two, three])).toEqual(['a2 gap']);
  const forged = { ...two, act: 'nothing', hash: 'forged' };
  expect(faultsOf([...all, forged], [one, forged, three])).toEqual(['a3 broken_link']);
});

it('shows an end that was cut off only by the head that was noted before', () => {
  const entries = aChain('a', ['x', 'y', 'z']);
  const before = look(entries, entries).heads;
  const after = look(entries, entries.slice(0, 2));
  expect(after.isWhole).toBe(true);
  expect(after.heads).not.toEqual(before);
});

/** The cut behind entry `seq`. */
function cutAt(chain: readonly Entry[], seq: number): Head {
  const { writer = '', hash = '' } = chain[seq - 1] ?? {};
  return { writer, seq, hash };
}

describe('readings that were forgotten, up to a cut that is on record', () => {
  const readings = aChain('ra', ['v', 'w', 'x', 'y', 'z']);
  const rest = aChain('b', ['x', 'y', 'z']);
  const all = [...rest, ...readings];
  const from = (seq: number) => [...rest, ...readings.slice(seq - 1)];

  it('leave the log whole, and are counted', () => {
    expect(look(all, from(4), [cutAt(readings, 3)])).toMatchObject({
      isWhole: true,
      entries: 5,
      forgotten: 3,
      heads: [{ writer: 'b' }, { writer: 'ra', seq: 5 }],
    });
    expect(look(all, rest, [cutAt(readings, 5)])).toMatchObject({ isWhole: true, entries: 3, forgotten: 5 });
  });
  it('may still be on their way out, wherever that stopped, and be cut again', () => {
    const cuts = [cutAt(readings, 3), cutAt(readings, 2)];
    for (const left of [readings, readings.slice(1), [...readings.slice(0, 1), ...readings.slice(2)]])
      expect(look(all, [...rest, ...left], cuts)).toMatchObject({ isWhole: true, forgotten: 3 });
  });
  it('show as a gap without the cut, or one more than it says', () => {
    expect(look(all, from(4)).faults).toEqual([{ writer: 'ra', seq: 4, fault: 'gap' }]);
    expect(look(all, from(5), [cutAt(readings, 3)]).faults).toEqual([{ writer: 'ra', seq: 5, fault: 'gap' }]);
  });
  it('do not fit a cut that tells another hash', () => {
    const forged = { ...cutAt(readings, 3), hash: 'forged' };
    expect(look(all, from(4), [forged]).faults).toEqual([{ writer: 'ra', seq: 4, fault: 'broken_link' }]);
  });
  it('are readings only: nothing else can be cut', () => {
    const found = [...rest.slice(1), ...readings];
    expect(look(all, found, [cutAt(rest, 1)]).faults).toEqual([{ writer: 'b', seq: 2, fault: 'gap' }]);
  });
});

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

it('lists no more than a hundred faults', () => {
  const entries = aChain(
    'a',
    Array.from({ length: 150 }, () => 'x'),
  );
  const report = look(
    entries,
    entries.map((entry) => ({ ...entry, act: 'other' })),
  );
  expect([report.faults.length, report.entries, report.isWhole]).toEqual([100, 150, false]);
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

it('takes any hash', () => {
  const first = { writer: 'a', seq: 1, prevHash: '', act: 'x' };
  const entry = { ...first, hash: hashOf(canonicalJson(first)) };
  const verifier = createVerifier<Entry>(hashOf);
  verifier.see(entry);
  expect(verifier.report().isWhole).toBe(true);
});
