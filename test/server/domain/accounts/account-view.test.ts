import { expect, it } from 'vitest';
import { accountBasics, doerName, namer } from '../../../../server/domain/accounts/account-view.ts';

it.each([
  ['anna', '安娜'],
  ['classify-accounts', '系统'],
  ['key:erp', 'key:erp'],
  ['gone', 'gone'],
])('a change by %s is told as by %s', (by, expected) => {
  expect(doerName(by, new Map([['anna', '安娜']]))).toBe(expected);
});

const kept = {
  _id: 'a1',
  ownerId: 'anna',
  deputyId: 'gone',
  lastTouchAt: null,
  knownSince: new Date('2025-06-02T04:00:00Z'),
  pooledAt: null,
  dueOn: '2026-03-11',
  stage: 'repeat' as const,
  valueClass: 'general',
  tierWhy: null,
  stageWhy: null,
  valueClassWhy: null,
};
const person = namer([{ _id: 'anna', name: '安娜' }]);

it('shows an account with its people by name, and by the id whom nobody knows any more', () => {
  expect(accountBasics(kept, person)).toMatchObject({
    id: 'a1',
    owner: { staffId: 'anna', name: '安娜' },
    deputy: { staffId: 'gone', name: 'gone' },
    dimension: 'keep',
    knownSince: '2025-06-02T04:00:00.000Z',
    lastTouchAt: null,
    dueOn: '2026-03-11',
  });
  expect(accountBasics({ ...kept, ownerId: null }, person).owner).toBeNull();
});

it('shows no value class before somebody computed one', () => {
  expect(accountBasics(kept, person).valueClass).toBeNull();
  expect(accountBasics({ ...kept, valueClassWhy: { rule: 'general', mark: null } }, person).valueClass).toBe(
    'general',
  );
});

it('tells what was set by hand from what was computed', () => {
  const mark = { by: 'lena', reason: '年度框架', expiresOn: '2026-12-31' };
  expect(accountBasics(kept, person).byHand).toEqual([]);
  const computed = {
    ...kept,
    tierWhy: { rule: 'ranked' },
    stageWhy: { isManual: false },
    valueClassWhy: { rule: 'gold', mark },
  };
  expect(accountBasics(computed, person).byHand).toEqual([]);
  const pinned = {
    ...kept,
    tierWhy: { rule: 'pinned' },
    stageWhy: { isManual: true },
    valueClassWhy: { rule: 'strategic', mark },
  };
  expect(accountBasics(pinned, person).byHand).toEqual(['tier', 'stage', 'valueClass']);
});
