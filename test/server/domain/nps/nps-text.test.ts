import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { npsText } from '../../../../server/domain/nps/nps-text.ts';
import { npsCounts, npsFigure } from '../../../../server/domain/nps/nps.ts';

const times = (count: number, score: number) => Array.from({ length: count }, () => score);

const words = (scores: number[], delivered = 0, sent = delivered) =>
  npsText({ ...npsFigure(npsCounts(scores), delivered || null), sent, delivered });

const mixed = [...times(15, 9), ...times(5, 7), ...times(5, 3)];

describe('NPS in words', () => {
  it('is counts under ten answers', () => {
    expect(words([10, 8, 0], 20)).toBe('送达 20 人，3 人作答，推荐 1、中立 1、贬损 1（不足 10 份，不计分）');
  });

  it.each([
    [[...times(7, 9), ...times(3, 3)], '+40'],
    [[...times(3, 9), ...times(7, 3)], '-40'],
    [[...times(5, 9), ...times(5, 3)], '0'],
  ])('is a score with its sign from ten answers on: case %#', (scores, score) => {
    expect(words(scores).startsWith(`${score} ± `)).toBe(true);
  });

  it.each([
    [[1, 30, 90], '送达 30 人，1 人作答，60 人待员工确认发送，推荐 1、中立 0、贬损 0（不足 10 份，不计分）'],
    [[25, 25, 25], '+40（25 人全部作答；推荐 15、中立 5、贬损 5）'],
    [[25, 50, 50], '+40 ± 22（送达 50 人，25 人作答；推荐 15、中立 5、贬损 5）'],
    [[25, 50, 60], '+40 ± 22（送达 50 人，25 人作答，10 人待员工确认发送；推荐 15、中立 5、贬损 5）'],
    [[25, 25, 30], '+40（送达 25 人，25 人作答，5 人待员工确认发送；推荐 15、中立 5、贬损 5）'],
    [[10, 25, 25], '+100（送达 25 人，10 人作答；推荐 10、中立 0、贬损 0）'],
    [[10, 0, 0], '+100（10 人作答；推荐 10、中立 0、贬损 0）'],
  ] as const)('of %j answered, delivered and sent says what each number counts', ([n, ...asked], text) => {
    const scores = n === 25 ? mixed : times(n, 9);
    expect(words(scores, ...asked)).toBe(text);
  });

  it('prints no interval that says nothing', () => {
    const anyCounts = fc.record({ promoters: fc.nat(60), passives: fc.nat(60), detractors: fc.nat(60) });
    fc.assert(
      fc.property(anyCounts, fc.nat(200), (counts, more) => {
        const n = counts.promoters + counts.passives + counts.detractors;
        const asked = { sent: n + more, delivered: n + more };
        const text = npsText({ ...npsFigure(counts, n + more), ...asked });
        expect(text).not.toContain('± 0');
        expect(text).not.toMatch(/(\d+)\/\1/);
      }),
    );
  });
});
