import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRanking, freshTierOf } from '../../../../server/domain/classification/ranking.ts';
import { TIERS } from '../../../../server/domain/classification/tier.ts';
import { noTierSums, tierShapeOf } from '../../../../server/domain/classification/tier-shape.ts';

it('shows the real shares of value by tier beside the usual 60, 30 and 10 %, and the concentration: the share of the top 20 %', () => {
  const sums = {
    ...noTierSums(),
    head: { accounts: 1, valueFen: 600 },
    waist: { accounts: 3, valueFen: 333 },
    tail: { accounts: 6, valueFen: 67 },
  };
  expect(tierShapeOf(sums, { totalFen: 1_000, topFen: 755 })).toEqual({
    tiers: {
      head: { accounts: 1, valueFen: 600, percent: 60, usualPercent: 60 },
      waist: { accounts: 3, valueFen: 333, percent: 33.3, usualPercent: 30 },
      tail: { accounts: 6, valueFen: 67, percent: 6.7, usualPercent: 10 },
      unrated: { accounts: 0, valueFen: 0, percent: 0, usualPercent: null },
    },
    totalFen: 1_000,
    topPercent: 20,
    concentrationPercent: 75.5,
  });
});

it('has no shares where there is no value, never NaN or 0 %', () => {
  const shape = tierShapeOf(noTierSums(), { totalFen: 0, topFen: 0 });
  expect(shape.concentrationPercent).toBeNull();
  expect(Object.values(shape.tiers).map(({ percent }) => percent)).toEqual([null, null, null, null]);
});

it('of a fresh ranking adds up to the whole; the top 20 % bring at least 20 % of value, and head its share of it', () => {
  const anyBook = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(anyBook, (values) => {
      const book = values.map((valueFen, index) => ({
        accountId: `a${index}`,
        valueFen,
        knownSince: new Date(0),
      }));
      const gathered = createRanking();
      for (const account of book) gathered.add(account);
      const ranking = gathered.close();
      const sums = noTierSums();
      for (const account of book) {
        const sum = sums[freshTierOf(account, ranking.cuts)];
        sum.accounts += 1;
        sum.valueFen += account.valueFen;
      }
      const { tiers, totalFen, concentrationPercent } = tierShapeOf(sums, ranking);
      expect(TIERS.reduce((sum, tier) => sum + tiers[tier].accounts, 0)).toBe(values.length);
      expect(TIERS.reduce((sum, tier) => sum + tiers[tier].valueFen, 0)).toBe(totalFen);
      const percents = TIERS.reduce((sum, tier) => sum + (tiers[tier].percent ?? 0), 0);
      expect(Math.abs(percents - 100)).toBeLessThanOrEqual(0.2 + 1e-9); // four roundings to one decimal
      expect(concentrationPercent).toBeGreaterThanOrEqual(20);
      expect(concentrationPercent).toBeLessThanOrEqual(100);
      expect(tiers.head.valueFen).toBeLessThanOrEqual(ranking.topFen);
    }),
  );
});
