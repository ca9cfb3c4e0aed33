import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absenceProblem,
  awayOn,
  coverOf,
  overlaps,
  standInOf,
} from '../../../../server/domain/staff/absence.ts';
import { addDays } from '../../../../server/domain/calendar.ts';

const aLeave = (
  staffId: string,
  standInId: string | null = null,
  [from, to] = ['2026-03-11', '2026-03-13'],
) => ({
  _id: staffId,
  staffId,
  from,
  to,
  standInId,
});

describe('a leave', () => {
  it.each([
    ['2026-03-10', false],
    ['2026-03-11', true],
    ['2026-03-13', true],
    ['2026-03-14', false],
  ])('from 11 to 13 March, on %s away: %s', (day, isAway) => {
    expect(awayOn([aLeave('anna', 'ben')], day)).toEqual(isAway ? new Map([['anna', 'ben']]) : new Map());
  });

  it.each([
    ['2026-03-11', '2026-03-11', null],
    ['2026-03-12', '2026-03-11', '结束日期不能早于开始日期'],
    ['2026-03-01', '2026-03-10', '请假日期已经过去'],
    ['2026-03-01', '2026-03-11', null],
    ['2026-03-11', addDays('2026-03-11', 365), null],
    ['2026-03-11', addDays('2026-03-11', 366), '一次请假最多 366 天'],
  ])('from %s to %s, asked for on 11 March: %s', (from, to, problem) => {
    expect(absenceProblem(aLeave('anna', 'ben', [from, to]), '2026-03-11')).toBe(problem);
  });

  it('is stood in for by somebody else', () => {
    expect(absenceProblem(aLeave('anna', 'anna'), '2026-03-11')).toBe('代理人不能是本人');
    expect(absenceProblem(aLeave('anna', null), '2026-03-11')).toBeNull();
  });

  it.each([
    ['2026-03-08', '2026-03-10', false],
    ['2026-03-08', '2026-03-11', true],
    ['2026-03-13', '2026-03-20', true],
    ['2026-03-14', '2026-03-20', false],
    ['2026-03-12', '2026-03-12', true],
    ['2026-03-01', '2026-03-31', true],
  ])('overlaps with one from %s to %s: %s, both ways round', (from, to, expected) => {
    const [one, other] = [aLeave('anna'), { from, to }];
    expect([overlaps(one, other), overlaps(other, one)]).toEqual([expected, expected]);
  });
});

const away = (...leaves: ReturnType<typeof aLeave>[]) => awayOn(leaves, '2026-03-11');

describe('who is looked after by whom', () => {
  it('covers as a deputy of whoever is away, and as a stand-in where asked to', () => {
    const gone = away(aLeave('anna', 'carl'), aLeave('ben'));
    expect(coverOf('carl', gone)).toEqual({
      staffId: 'carl',
      awayIds: ['anna', 'ben'],
      standInForIds: ['anna'],
    });
    expect(coverOf('lena', gone)).toEqual({ staffId: 'lena', awayIds: ['anna', 'ben'], standInForIds: [] });
    expect(coverOf('ben', gone)).toBeNull();
    expect(coverOf('carl', away())).toBeNull();
  });
});

describe('who stands in for the owner of an account today', () => {
  it.each([
    ['the one whom the owner named', { ownerId: 'anna', deputyId: null }, [aLeave('anna', 'carl')], 'carl'],
    ['nobody while the owner is there', { ownerId: 'anna', deputyId: null }, [], null],
    ['nobody when none was named', { ownerId: 'anna', deputyId: null }, [aLeave('anna')], null],
    ['nobody where a deputy is there', { ownerId: 'anna', deputyId: 'ben' }, [aLeave('anna', 'carl')], null],
    [
      'the one named, where the deputy is away, too',
      { ownerId: 'anna', deputyId: 'ben' },
      [aLeave('anna', 'carl'), aLeave('ben')],
      'carl',
    ],
    [
      'nobody when the one named is away, too',
      { ownerId: 'anna', deputyId: null },
      [aLeave('anna', 'carl'), aLeave('carl')],
      null,
    ],
    ['nobody for the pool', { ownerId: null, deputyId: null }, [aLeave('anna', 'carl')], null],
  ])('%s', (...[, account, leaves, standInId]) => {
    expect(standInOf(account, away(...leaves))).toBe(standInId);
  });

  it('is always one whose cover names the owner', () => {
    expect.hasAssertions();
    const anyName = fc.constantFrom('anna', 'ben', 'carl');
    const anyLeave = fc.tuple(anyName, fc.option(anyName)).filter(([who, standIn]) => who !== standIn);
    fc.assert(
      fc.property(anyName, fc.option(anyName), fc.array(anyLeave), (ownerId, deputyId, leaves) => {
        const gone = away(...leaves.map(([who, standIn]) => aLeave(who, standIn)));
        const standInId = standInOf({ ownerId, deputyId }, gone);
        fc.pre(standInId !== null);
        expect(coverOf(standInId ?? '', gone)?.standInForIds).toContain(ownerId);
      }),
    );
  });
});
