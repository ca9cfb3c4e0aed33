import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memberBatches, spellingOf } from '../../../../server/domain/sync/sync-batch.ts';

const members = (...known: number[]) => known.map((rows, n) => ({ staffId: `s${n}`, known: rows }));
const weights = (known: number[], isFirst = false) =>
  memberBatches(members(...known), { lanes: 3, isFirst }).map((batch) => batch.map((member) => member.known));

describe('batches', () => {
  it('leave a member with twenty thousand customers alone', () => {
    expect(weights([5, 20_000, 7])).toEqual([[20_000], [7, 5]]);
  });

  it('hold at most what is due to each lane', () => {
    expect(weights([600, 400, 1])).toEqual([[600, 400], [1]]);
    expect(weights([600, 401])).toEqual([[600], [401]]);
  });

  it('never hold more than twenty thousand of several members', () => {
    const heavy = Array.from({ length: 200 }, () => 9000);
    expect(Math.max(...weights(heavy).map((batch) => batch.length))).toBe(2);
  });

  it('name a hundred members at most', () => {
    expect(weights(Array(201).fill(0)).map((batch) => batch.length)).toEqual([100, 100, 1]);
  });

  it('are many while nothing is known, so that every lane has work', () => {
    expect(weights(Array(5).fill(0), true)).toHaveLength(5);
    expect(weights(Array(48).fill(0), true)).toHaveLength(24);
    expect(weights(Array(5000).fill(0), true)).toHaveLength(50);
  });

  it('hold every member once, the heaviest first', () => {
    const anyMembers = fc.array(fc.nat(30_000), { maxLength: 300 });
    fc.assert(
      fc.property(anyMembers, fc.boolean(), (known, isFirst) => {
        const flat = weights(known, isFirst).flat();
        expect(flat).toEqual(known.toSorted((left, right) => right - left));
        const shared = weights(known, isFirst).filter((batch) => batch.length > 1);
        for (const batch of shared) {
          expect(batch.length).toBeLessThanOrEqual(100);
          expect(batch.reduce((sum, rows) => sum + rows)).toBeLessThanOrEqual(20_000);
        }
      }),
    );
  });
});

describe('a member’s id', () => {
  it.each([
    ['is written as we asked for it', ['ZhangSan'], [], 'zhangsan', 'ZhangSan'],
    ['is written as it is kept', ['ZhangSan'], ['zhangsan'], 'ZHANGSAN', 'zhangsan'],
    ['stays when both ways are kept', ['ZhangSan'], ['zhangsan', 'ZhangSan'], 'zhangsan', 'ZhangSan'],
    ['stays as told when nobody knows it', ['anna'], ['ben'], 'Carl', 'Carl'],
  ])('%s', (...[, asked, kept, told, ours]) => {
    expect(spellingOf(asked, kept)(told)).toBe(ours);
  });
});
