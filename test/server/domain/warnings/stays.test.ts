import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OpportunityStage } from '../../../../server/domain/deals/opportunity.ts';
import { p75, staysOf, typicalStaysOf } from '../../../../server/domain/warnings/stays.ts';
import { noon } from '../../../support/a-watch.ts';

const ZONE = 'Asia/Shanghai';

describe('a stay in a stage', () => {
  it('counts once it is over', () => {
    const stageHistory = [
      { stage: 'target' as const, at: noon('2026-01-01') },
      { stage: 'interest' as const, at: noon('2026-01-11') },
      { stage: 'project' as const, at: noon('2026-01-11') },
    ];
    expect(staysOf({ stageHistory }, ZONE)).toEqual([
      { stage: 'target', days: 10 },
      { stage: 'interest', days: 0 },
    ]);
    expect(staysOf({ stageHistory: stageHistory.slice(0, 1) }, ZONE)).toEqual([]);
  });

  it('is left out when a clock set back would make it negative', () => {
    const stageHistory = [
      { stage: 'target' as const, at: noon('2026-01-11') },
      { stage: 'interest' as const, at: noon('2026-01-01') },
    ];
    expect(staysOf({ stageHistory }, ZONE)).toEqual([]);
  });
});

const counted = (values: readonly number[]) => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

/** By nearest rank, of the sorted list. */
const p75OfSorted = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.ceil((values.length * 75) / 100) - 1] ?? null;

describe('the p75 of counted values', () => {
  it.each([
    [[], null],
    [[5], 5],
    [[1, 2, 3, 4], 3],
    [[4, 1, 3, 2, 5], 4],
    [[0, 0, 0, 9], 0],
    [[0, 0, 9, 9], 9],
  ])('of %j is %s', (values, expected) => {
    expect(p75(counted(values))).toBe(expected);
  });

  it('is the p75 of the sorted list, however many are the same', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(3), fc.nat(400))), (values) => {
        expect(p75(counted(values))).toBe(p75OfSorted(values));
      }),
    );
  });

  it('is not exceeded by three quarters or more, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 1 }), (values) => {
        const bound = p75(counted(values)) ?? -1;
        expect(values.filter((each) => each <= bound).length * 4).toBeGreaterThanOrEqual(values.length * 3);
        expect(values).toContain(bound);
        expect(p75(counted(values.toReversed()))).toBe(bound);
      }),
    );
  });
});

const DAY_MS = 86_400_000;
const stayed = (stage: OpportunityStage, days: number) => ({
  stageHistory: [
    { stage, at: noon('2026-01-01') },
    { stage: 'project' as const, at: new Date(noon('2026-01-01').getTime() + days * DAY_MS) },
  ],
});

describe('what is usual in each stage', () => {
  it('is the p75 of its own stays; where nobody left nothing is usual', async () => {
    const opportunities = [1, 2, 3, 4].map((days) => stayed('target', days));
    expect(await typicalStaysOf([...opportunities, stayed('interest', 30)], ZONE)).toEqual(
      new Map([
        ['target', 3],
        ['interest', 30],
      ]),
    );
    expect(await typicalStaysOf([], ZONE)).toEqual(new Map());
  });

  it('is told of a book that is read one by one and never held', async () => {
    const seen = { held: 0, most: 0 };
    async function* book() {
      for (let index = 0; index < 5000; index += 1) {
        seen.most = Math.max(seen.most, (seen.held += 1));
        yield stayed('target', index % 100);
        seen.held -= 1;
      }
    }
    expect(await typicalStaysOf(book(), ZONE)).toEqual(new Map([['target', 74]]));
    expect(seen.most).toBe(1);
  });
});
