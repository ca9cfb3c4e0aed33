import { assert, dictionary, jsonValue, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import {
  canonicalJson,
  createVerifier,
  plain,
  sealedText,
  type Chained,
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
function look(written: readonly Entry[], found: readonly Entry[]) {
  const verifier = createVerifier<Entry>(known(written));
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
    faults: [],
    heads: [
      { writer: 'a', seq: 3, hash: 'h3a' },
      { writer: 'b', seq: 1, hash: 'h1b' },
    ],
  });
  expect(look([], [])).toEqual({ isWhole: true, entries: 0, faults: [], heads: [] });
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
