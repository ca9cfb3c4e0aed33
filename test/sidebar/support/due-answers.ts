import type { DueList } from '../../../server/api/contract/due.ts';

/** Three accounts that are due. */
export const aDueList = (): DueList => ({
  total: 3,
  items: [
    {
      accountId: 'a1',
      accountName: '华东精密制造有限公司',
      externalUserId: 'wm_wang',
      contactName: '王建国',
      tier: 'head',
      dueOn: '2026-11-17',
      overdueWorkingDays: 3,
      state: 'overdue',
      reason: 'promise',
    },
    {
      accountId: 'a2',
      accountName: '苏州恒远自动化',
      externalUserId: 'wm_chen',
      contactName: '陈思',
      tier: 'waist',
      dueOn: '2026-11-22',
      overdueWorkingDays: 0,
      state: 'due_today',
      reason: 'interval',
    },
    {
      accountId: 'a3',
      accountName: '宁波北仑模具厂',
      externalUserId: null,
      contactName: null,
      tier: 'unrated',
      dueOn: '2026-11-22',
      overdueWorkingDays: 0,
      state: 'never_contacted',
      reason: 'new_contact',
    },
  ],
});

/** A list of `total`, of which no more come than were asked for. */
export const aLongDueList = (total: number, limit: number): DueList => {
  const [first] = aDueList().items;
  const numbered = (n: number) => ({
    ...first,
    accountId: `a${n}`,
    accountName: `华东第${n}精密制造有限公司`,
  });
  const items = Array.from({ length: Math.min(total, limit) }, (_, n) => numbered(n + 1));
  return { total, items: items as DueList['items'] };
};
