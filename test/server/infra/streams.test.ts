import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachAtOnce, halveRefused, readAhead } from '../../../server/infra/streams.ts';
import { aGate } from '../../support/a-gate.ts';

/** Numbers from 1, with a note of what was asked of the source. */
function numbers(count: number) {
  const asked: (number | 'closed')[] = [];
  async function* source() {
    try {
      for (let n = 1; n <= count; n += 1) {
        asked.push(n);
        yield n;
      }
    } finally {
      asked.push('closed');
    }
  }
  return { asked, items: source() };
}

/** Gives one item and fails. */
async function* broken() {
  yield 1;
  throw new Error('no more');
}

describe('work at once', () => {
  it('is done on each item, so many at a time', async () => {
    const gate = aGate();
    const load = { now: 0, most: 0, done: 0 };
    const all = eachAtOnce([1, 2, 3, 4, 5, 6, 7], 3, async () => {
      load.now += 1;
      load.most = Math.max(load.most, load.now);
      await gate.passed;
      load.now -= 1;
      load.done += 1;
    });
    await expect.poll(() => load.now).toBe(3);
    gate.open();
    await all;
    expect(load).toEqual({ now: 0, most: 3, done: 7 });
  });

  it('begins nothing new after a failure, waits for what is under way, and closes the source', async () => {
    const gate = aGate();
    const { asked, items } = numbers(100);
    const ended: number[] = [];
    const all = eachAtOnce(items, 2, async (item) => {
      if (item === 2) throw new Error('not this one');
      await gate.passed;
      ended.push(item);
    });
    setImmediate(() => gate.open());
    await expect(all).rejects.toThrow('not this one');
    expect(ended).toEqual([1]);
    expect(asked.at(-1)).toBe('closed');
    expect(asked.length).toBeLessThan(6);
  });

  it('fails when the source does', async () => {
    const done: number[] = [];
    await expect(eachAtOnce(broken(), 3, async (item) => done.push(item))).rejects.toThrow('no more');
    expect(done).toEqual([1]);
  });
});

describe('reading ahead', () => {
  it('asks for the second item while the first is worked on', async () => {
    const { asked, items } = numbers(3);
    const seen: number[] = [];
    for await (const item of readAhead(items)) {
      await expect.poll(() => asked.at(-1)).toBe(item < 3 ? item + 1 : 'closed');
      seen.push(item);
    }
    expect(seen).toEqual([1, 2, 3]);
  });

  it('closes the source when the reader turns away', async () => {
    const { asked, items } = numbers(9);
    for await (const item of readAhead(items)) if (item === 2) break;
    expect(asked).toEqual([1, 2, 3, 'closed']);
  });

  it('tells a failure only after what came before it', async () => {
    const seen: number[] = [];
    const reading = async () => {
      for await (const item of readAhead(broken())) seen.push(item);
    };
    await expect(reading()).rejects.toThrow('no more');
    expect(seen).toEqual([1]);
  });
});

describe('work that is refused because of some', () => {
  it('is done for all others, and names those', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(500), { minLength: 1, maxLength: 40 }),
        fc.nat(5),
        async (items, share) => {
          const bad = new Set(items.filter((item) => share > 0 && item % share === 0));
          const done: number[] = [];
          const refused = await halveRefused(
            items,
            async (some) => {
              if (some.some((item) => bad.has(item))) throw new Error('refused');
              done.push(...some);
            },
            () => true,
          );
          expect(refused.map(({ item }) => item)).toEqual(items.filter((item) => bad.has(item)));
          expect(done).toEqual(items.filter((item) => !bad.has(item)));
        },
      ),
    );
  });

  it('fails where the refusal is about no part of it', async () => {
    await expect(
      halveRefused(
        [1, 2],
        () => Promise.reject(new Error('not allowed')),
        () => false,
      ),
    ).rejects.toThrow('not allowed');
  });
});
