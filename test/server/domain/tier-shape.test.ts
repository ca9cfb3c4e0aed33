import { expect, it } from 'vitest';
import { noTierSums, tierShapeOf } from '../../../server/domain/tier-shape.ts';

it('shows the real shares of value by tier, and the concentration: the share of the top 20 %', () => {
  const sums = {
    ...noTierSums(),
    head: { accounts: 1, valueFen: 600 },
    waist: { accounts: 3, valueFen: 333 },
    tail: { accounts: 6, valueFen: 67 },
  };
  expect(tierShapeOf(sums, { totalFen: 1_000, topFen: 755 })).toEqual({
    tiers: {
      head: { accounts: 1, valueFen: 600, percent: 60 },
      waist: { accounts: 3, valueFen: 333, percent: 33.3 },
      tail: { accounts: 6, valueFen: 67, percent: 6.7 },
      unrated: { accounts: 0, valueFen: 0, percent: 0 },
    },
    totalFen: 1_000,
    concentrationPercent: 75.5,
  });
});

it('has no shares where there is no value, never NaN or 0 %', () => {
  const shape = tierShapeOf(noTierSums(), { totalFen: 0, topFen: 0 });
  expect(shape.concentrationPercent).toBeNull();
  expect(Object.values(shape.tiers).map(({ percent }) => percent)).toEqual([null, null, null, null]);
});
