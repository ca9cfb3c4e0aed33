import { describe, expect, it } from 'vitest';
import { sealedText, type Chained, type Head } from '../../../../server/domain/system/audit.ts';
import { createVerifier } from '../../../../server/domain/system/audit-verifier.ts';

type Entry = Chained & { act: string; subject?: string; to?: unknown };

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
  const verifier = createVerifier<Entry>({ hashOf: known(written), cuts });
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
    unkeyed: 4,
    unchecked: 0,
    missingKeys: [],
    faultCount: 0,
    faults: [],
    heads: [
      { writer: 'a', seq: 3, hash: 'h3a' },
      { writer: 'b', seq: 1, hash: 'h1b' },
    ],
  });
  expect(look([], [])).toMatchObject({ isWhole: true, entries: 0, faults: [], heads: [] });
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

it('lists no more than a hundred faults, and counts them all', () => {
  const entries = aChain(
    'a',
    Array.from({ length: 150 }, () => 'x'),
  );
  const report = look(
    entries,
    entries.map((entry) => ({ ...entry, act: 'other' })),
  );
  expect([report.faults.length, report.faultCount, report.entries, report.isWhole]).toEqual([
    100,
    150,
    150,
    false,
  ]);
});

/** A chain under the key `k`, beginning with a note of these heads. */
function keyed(writer: string, acts: readonly string[], heads: readonly Head[] = []): Entry[] {
  const [first, ...others] = aChain(writer, ['audit.begin', ...acts]).map((entry) => ({
    ...entry,
    keyId: 'k',
  }));
  if (!first) throw new Error('there is a first');
  return [{ ...first, subject: 'audit:chains', to: { heads } }, ...others];
}
const headOf = (chain: readonly Entry[], at = -1): Head => {
  const { writer = '', seq = 0, hash = '', keyId } = chain.at(at) ?? {};
  return { writer, seq, hash, ...(keyId ? { keyId } : {}) };
};
function check(written: readonly Entry[], found: readonly Entry[], noted: readonly Head[] = []) {
  const verifier = createVerifier<Entry>({ hashOf: known(written), noted });
  for (const entry of found) verifier.see(entry);
  const hashes = new Map(found.map(({ writer, seq, hash }) => [`${writer}${seq}`, hash]));
  return verifier.report(({ writer, seq }) => hashes.get(`${writer}${seq}`));
}

describe('chains that note the heads of each other', () => {
  const older = aChain('a', ['x', 'y', 'z']);
  const second = keyed('b', ['x'], [headOf(older)]);
  const third = keyed('c', ['x'], [headOf(second)]);
  const all = [...older, ...second, ...third];
  const faults = (found: readonly Entry[], noted: readonly Head[] = []) =>
    check(all, found, noted).faults.map(({ writer, seq, fault }) => `${writer}${seq} ${fault}`);

  it('are whole as they were written', () => {
    expect(check(all, all)).toMatchObject({ isWhole: true, unkeyed: 3, faultCount: 0 });
  });
  it('show the end that was cut off one of them, and one that is gone', () => {
    expect(faults([...older.slice(0, 2), ...second, ...third])).toEqual(['a3 cut']);
    expect(faults([...older, ...second.slice(0, 1), ...third])).toEqual(['b2 cut']);
    expect(faults([...second, ...third])).toEqual(['a3 dropped']);
    expect(faults([...older, ...third])).toContain('b2 dropped');
  });
  it('show a chain without a key that was made anew', () => {
    const forged = aChain('a', ['x', 'other', 'z']).map((entry) => ({ ...entry, hash: `${entry.hash}!` }));
    const relinked = forged.map((entry, at) => ({ ...entry, prevHash: forged[at - 1]?.hash ?? '' }));
    const { faults: found } = check([...all, ...relinked], [...relinked, ...second, ...third]);
    expect(found).toEqual([{ writer: 'a', seq: 3, fault: 'rewritten' }]);
  });
  it('show entries that somebody without a key added', () => {
    const longer = aChain('a', ['x', 'y', 'z', 'more', 'more']);
    const other = aChain('d', ['x']);
    const written = [...all, ...longer, ...other];
    expect(check(written, [...longer, ...second, ...third, ...other])).toMatchObject({
      isWhole: false,
      faultCount: 3,
      faults: [
        { writer: 'a', seq: 4, fault: 'unkeyed' },
        { writer: 'd', seq: 1, fault: 'unkeyed' },
      ],
    });
  });
  it('are held against heads noted outside', () => {
    const noted = [headOf(third), headOf(second)];
    expect(faults(all, noted)).toEqual([]);
    expect(faults([...older, ...second, ...third.slice(0, 1)], noted)).toEqual(['c2 cut']);
    expect(faults([...older, ...second], noted)).toEqual(['c2 dropped']);
    expect(faults(all, [{ ...headOf(third, 0), hash: 'other' }])).toEqual(['c1 rewritten']);
  });
  it('cannot be checked without their key, which is no fault', () => {
    const verifier = createVerifier<Entry>({ hashOf: (text, keyId) => (keyId ? null : known(all)(text)) });
    for (const entry of all) verifier.see(entry);
    expect(verifier.report()).toMatchObject({
      isWhole: false,
      faultCount: 0,
      unchecked: 4,
      missingKeys: ['k'],
    });
  });
});
