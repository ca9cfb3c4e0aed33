import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CAMPAIGN_DAYS,
  NPS_GROUPS,
  npsCounts,
  npsFigure,
  npsGroup,
  QUIET_DAYS,
} from '../../../../server/domain/nps/nps.ts';

const counts = (promoters: number, passives: number, detractors: number) => ({
  promoters,
  passives,
  detractors,
});
const anyScore = fc.integer({ min: 0, max: 10 });
const anyCounts = fc.record({ promoters: fc.nat(500), passives: fc.nat(500), detractors: fc.nat(500) });
const enoughCounts = anyCounts.filter(
  ({ promoters, passives, detractors }) => promoters + passives + detractors >= 10,
);

describe('the band of an answer', () => {
  it.each([
    [0, 'detractor'],
    [1, 'detractor'],
    [2, 'detractor'],
    [3, 'detractor'],
    [4, 'detractor'],
    [5, 'detractor'],
    [6, 'detractor'],
    [7, 'passive'],
    [8, 'passive'],
    [9, 'promoter'],
    [10, 'promoter'],
  ])('%d is a %s', (score, group) => {
    expect(npsGroup(score)).toBe(group);
  });

  it.each([6.5, 8.5, 0.1, 9.999, -1, -0.5, 11, 100, Number.NaN, Number.POSITIVE_INFINITY])(
    '%d is refused, so that no answer falls between two bands',
    (score) => {
      expect(() => npsGroup(score)).toThrow(RangeError);
    },
  );

  it('is exactly one of the three for every score', () => {
    fc.assert(
      fc.property(anyScore, (score) => {
        const counted = npsCounts([score]);
        expect(NPS_GROUPS.filter((group) => counted[`${group}s`] === 1)).toEqual([npsGroup(score)]);
      }),
    );
  });

  it('never falls when the score rises', () => {
    const order = ['detractor', 'passive', 'promoter'];
    fc.assert(
      fc.property(anyScore, anyScore, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(order.indexOf(npsGroup(high))).toBeGreaterThanOrEqual(order.indexOf(npsGroup(low)));
      }),
    );
  });
});

describe('counting answers', () => {
  it('counts every band once', () => {
    expect(npsCounts([0, 6, 7, 8, 9, 10, 10])).toEqual(counts(3, 2, 2));
  });

  it('counts nothing when nobody answered', () => {
    expect(npsCounts([])).toEqual(counts(0, 0, 0));
  });

  it('refuses the lot when one of them is no score', () => {
    expect(() => npsCounts([9, 6.5, 10])).toThrow(RangeError);
  });

  it('loses no answer, counts none twice, and does not care for their order', () => {
    fc.assert(
      fc.property(fc.array(anyScore), (scores) => {
        const { promoters, passives, detractors } = npsCounts(scores);
        expect(promoters + passives + detractors).toBe(scores.length);
        expect(npsCounts(scores.toReversed())).toEqual({ promoters, passives, detractors });
      }),
    );
  });
});

describe('the score', () => {
  it.each([
    ['promoters only', counts(10, 0, 0), 100],
    ['detractors only', counts(0, 0, 10), -100],
    ['passives only', counts(0, 10, 0), 0],
    ['as many of both', counts(5, 3, 5), 0],
    ['half promoters, a fifth detractors', counts(50, 30, 20), 30],
    ['more detractors', counts(20, 30, 50), -30],
    ['answers only, whoever skipped', counts(10, 5, 5), 25],
    ['thirds, rounded', counts(4, 4, 4 - 1), 9], // 1 ÷ 11
    ['a half of a point, exact in whole numbers', counts(14, 25, 1), 33], // 32.5, which 0.35 − 0.025 misses
    ['a half of a point below zero', counts(4, 13, 7), -12], // −12.5 rounds up, like every half
  ])('of %s', (_, answers, score) => {
    expect(npsFigure(answers, null).score).toBe(score);
  });

  it('is a plain zero, never minus zero, a hair under the middle', () => {
    expect(npsFigure(counts(100, 99, 101), null).score).toBe(0);
  });

  it('stays within −100..100 and equals the exact fraction, rounded half up', () => {
    fc.assert(
      fc.property(enoughCounts, (answers) => {
        const { n, score } = npsFigure(answers, null);
        const exact = BigInt(answers.promoters - answers.detractors) * 200n + BigInt(n);
        const shifted = exact + 200n * BigInt(n); // keeps the division of whole numbers above zero
        expect(score).toBe(Number(shifted / (2n * BigInt(n))) - 100);
        expect(Math.abs(score ?? 999)).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('turns its sign when promoters and detractors change places', () => {
    fc.assert(
      fc.property(enoughCounts, ({ promoters, passives, detractors }) => {
        const there = npsFigure(counts(promoters, passives, detractors), null);
        const back = npsFigure(counts(detractors, passives, promoters), null);
        expect(Math.abs((there.score ?? 0) + (back.score ?? 0))).toBeLessThanOrEqual(1);
        expect(back.margin).toBe(there.margin);
      }),
    );
  });
});

describe('the 95 % margin', () => {
  it.each([
    ['20 answers', counts(10, 6, 4), null, 34],
    ['50 answers', counts(25, 15, 10), null, 22],
    ['100 answers', counts(50, 30, 20), null, 15],
    ['400 answers', counts(200, 120, 80), null, 8],
    ['20 answers of 40 asked', counts(10, 6, 4), 40, 25],
    ['20 answers of 21 asked', counts(10, 6, 4), 21, 8],
    ['20 answers of 4,000 asked', counts(10, 6, 4), 4_000, 34],
    ['20 answers of all 20 asked', counts(10, 6, 4), 20, 0],
    ['20 promoters', counts(20, 0, 0), null, 0],
    ['20 passives', counts(0, 20, 0), null, 0],
    ['10 promoters and 10 detractors', counts(10, 0, 10), null, 44],
  ])('of %s', (...[, answers, asked, margin]) => {
    expect(npsFigure(answers, asked).margin).toBe(margin);
  });

  it('is not narrowed by a number of asked that cannot be', () => {
    expect(npsFigure(counts(10, 6, 4), 19).margin).toBe(34);
    expect(npsFigure(counts(10, 6, 4), 0).margin).toBe(34);
  });

  it('is a whole number from 0 to 62, narrowed and never widened by the number of asked', () => {
    fc.assert(
      fc.property(enoughCounts, fc.nat(3_000), (answers, more) => {
        const open = npsFigure(answers, null);
        const narrowed = npsFigure(answers, open.n + more);
        expect(Number.isInteger(open.margin)).toBe(true);
        expect(open.margin).toBeLessThanOrEqual(62); // 1.96 ÷ √10
        expect(narrowed.margin).toBeGreaterThanOrEqual(0);
        expect(narrowed.margin).toBeLessThanOrEqual(open.margin ?? 0);
        expect(narrowed.score).toBe(open.score);
      }),
    );
  });

  it('narrows when there are four times the answers of the same kind', () => {
    fc.assert(
      fc.property(enoughCounts, ({ promoters, passives, detractors }) => {
        const few = npsFigure(counts(promoters, passives, detractors), null).margin ?? 0;
        const many = npsFigure(counts(promoters * 4, passives * 4, detractors * 4), null).margin ?? 0;
        expect(Math.abs(many - few / 2)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('a handful of answers', () => {
  it.each([
    [0, null, null],
    [1, null, null],
    [9, null, null],
    [10, 100, 0],
    [11, 100, 0],
  ])('%d promoters have the score %s ± %s, and their count', (n, score, margin) => {
    expect(npsFigure(counts(n, 0, 0), null)).toEqual({ ...counts(n, 0, 0), n, score, margin });
  });

  it('is counted over all bands', () => {
    expect(npsFigure(counts(3, 3, 3), 30)).toMatchObject({ n: 9, score: null, margin: null });
    expect(npsFigure(counts(4, 3, 3), 30)).toMatchObject({ n: 10, score: 10 });
  });
});

it('asks again after 180 days in the same programme, 30 in any, and closes after 14', () => {
  expect(QUIET_DAYS).toEqual({ sameProgramme: 180, anyProgramme: 30 });
  expect(CAMPAIGN_DAYS).toBe(14);
});
