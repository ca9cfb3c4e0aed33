import { expect, it } from 'vitest';
import { syncContactsJob } from '../../../../jobs/sync-contacts.ts';
import { syncTable } from '../../../../server/cli/sync-table.ts';
import { NO_DRIFT } from '../../../../server/domain/sync/drift.ts';
import { readSync, type SyncReport } from '../../../../server/flows/syncs/read-sync.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aWorld } from '../../../support/a-world.ts';
import { aStaff } from '../../../../packages/wecom-sandbox/test/support/small-corp.ts';

const aReport = (more: Partial<SyncReport> = {}): SyncReport => ({
  id: 'r1',
  state: 'done',
  isFull: false,
  startedAt: new Date(0),
  endedAt: new Date(1),
  staff: 3,
  counts: { rows: 1204, added: 2, changed: 10, lost: 1, suspicious: 0, groups: 4 },
  warning: null,
  isFirst: false,
  failure: null,
  named: [],
  perStaff: [],
  aside: [],
  ...more,
});
const aLine = (staffName: string, more: object) => ({ ...NO_DRIFT, staffId: staffName, staffName, ...more });

it('names the members of whom something differed', async () => {
  const staff = [aStaff('anna', { name: '安娜' }), aStaff('ben')];
  const world = await aWorld({ corp: aTeamCorp([['anna', 'wm1', 'A']], { staff }) });
  expect(await readSync(world.context)).toBeNull();
  await world.run(syncContactsJob);
  expect(await readSync(world.context)).toMatchObject({
    state: 'done',
    staff: 2,
    counts: { rows: 1, added: 1 },
    perStaff: [{ staffId: 'anna', staffName: '安娜', added: 1 }],
  });
});

it('has a line of sums alone when nothing differed', () => {
  expect(syncTable(aReport()).split('\n')).toEqual([
    '成员 3，跟进关系 1204',
    '与本地的差异：新增 2，变更 10，流失 1，客户群 4',
  ]);
});

it('aligns names and numbers as a terminal shows them, most differences first', () => {
  const perStaff = [aLine('zhao', { rows: 7, lost: 1 }), aLine('欧阳安娜', { rows: 1200, changed: 10 })];
  expect(syncTable(aReport({ perStaff })).split('\n').slice(3)).toEqual([
    '成员      跟进  新增  变更  流失  存疑',
    '欧阳安娜  1200     0    10     0     0',
    'zhao         7     0     0     1     0',
  ]);
});

it('counts a picture as two columns and a mark as none', () => {
  const perStaff = [aLine('🌸ab', { lost: 1 }), aLine('\u202babcd', { lost: 1 })];
  const widths = syncTable(aReport({ perStaff }))
    .split('\n')
    .slice(4)
    .map((line) => line.replaceAll('\u202b', '').replaceAll('🌸', '__').length);
  expect(new Set(widths).size).toBe(1);
});

it('shows forty members and tells of the rest, and ends with the warning', () => {
  const perStaff = Array.from({ length: 41 }, (_, n) => aLine(`s${n}`, { added: 1 }));
  const lines = syncTable(aReport({ perStaff, warning: '请检查可见范围' })).split('\n');
  expect(lines.filter((line) => /^s\d/.test(line))).toHaveLength(40);
  expect(lines.slice(-3)).toEqual(['另有 1 名成员，见 --json', '', '请检查可见范围']);
});
