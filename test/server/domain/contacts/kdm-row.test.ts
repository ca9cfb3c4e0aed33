import { expect, it } from 'vitest';
import { kdmChanges } from '../../../../server/domain/contacts/kdm-changes.ts';
import { kdmAfter, readKdm, type KdmRow } from '../../../../server/domain/contacts/kdm-row.ts';
import type { Kdm } from '../../../../server/domain/contacts/kdm.ts';

const PEOPLE = [
  { _id: 'wm1', name: '王工', kdm: {} },
  { _id: 'wm2', name: '李总', kdm: {} },
  { _id: 'wm3', name: '陈工', kdm: {} },
  { _id: 'wm4', name: '陈工', kdm: {} },
];

/** What a row makes of a profile. */
function after(kdm: Kdm, row: KdmRow) {
  const read = readKdm({ external_userid: 'wm1', ...row });
  if (!('said' in read)) throw new Error(read.problems.join());
  return kdmAfter(kdm, read.said, PEOPLE);
}
/** The fields that a row changes, by name. */
const changes = (kdm: Kdm, row: KdmRow) =>
  Object.fromEntries(kdmChanges(kdm, after(kdm, row)).map(({ field, to }) => [field, to]));

it('reads every field of a profile, in the words of the pages', () => {
  const row = {
    department: '设备部',
    title: '部长',
    level: '中层',
    superior: 'wm2',
    scope: '产线',
    authority: '选型',
    budget: '额度内可批',
    budget_up_to_yuan: '500,000',
    mobile: '138-0000-0000；13900000000',
    email: 'w@hr.cn',
    closeness: '常规合作',
    decision_role: '向导',
    guide_level: '3',
    style: '重数据',
    birthday: '1980/5/1',
    notes: '午后可约',
  };
  expect(changes({}, row)).toEqual({
    department: '设备部',
    title: '部长',
    level: 'manager',
    superiorId: 'wm2',
    scope: '产线',
    authority: '选型',
    budget: 'approves_up_to',
    budgetUpToFen: 50_000_000,
    methods: [
      { kind: 'mobile', value: '138-0000-0000', verifiedOn: null },
      { kind: 'mobile', value: '13900000000', verifiedOn: null },
      { kind: 'email', value: 'w@hr.cn', verifiedOn: null },
    ],
    closeness: 'regular',
    decisionRole: 'guide',
    guideLevel: 3,
    style: '重数据',
    birthday: '1980-05-01',
    notes: '午后可约',
  });
});

it('leaves alone what the row is silent about', () => {
  const known: Kdm = { title: '部长', isTop: true, methods: [{ kind: 'wechat', value: 'w' }] };
  expect(changes(known, { title: ' ', scope: '产线' })).toEqual({ scope: '产线' });
});

it('takes back what contradicts the row', () => {
  expect(changes({ isTop: true }, { superior: 'wm2' })).toEqual({ isTop: null, superiorId: 'wm2' });
  expect(changes({ superiorId: 'wm2' }, { is_top: '是' })).toEqual({ isTop: true, superiorId: null });
  expect(changes({ budget: 'approves_up_to', budgetUpToFen: 1 }, { budget: '最终拍板' })).toEqual({
    budget: 'final',
    budgetUpToFen: null,
  });
  expect(changes({ decisionRole: 'guide', guideLevel: 2 }, { decision_role: '财务' })).toEqual({
    decisionRole: 'finance',
    guideLevel: null,
  });
});

it('finds a superior by a name that only one colleague has', () => {
  expect(after({}, { superior: '李总' }).superiorId).toBe('wm2');
  expect(after({}, { superior: '陈工' }).superiorId).toBe('陈工');
});

it('replaces ways of contact kind by kind, and knows again what was verified', () => {
  const known: Kdm = {
    methods: [
      { kind: 'mobile', value: '13800000000', verifiedOn: '2026-01-01' },
      { kind: 'wechat', value: 'w' },
    ],
  };
  expect(changes(known, { mobile: '13800000000' })).toEqual({});
  expect(changes(known, { mobile: '13900000000；１３８00000000' })).toEqual({
    methods: [
      { kind: 'wechat', value: 'w', verifiedOn: null },
      { kind: 'mobile', value: '13900000000', verifiedOn: null },
      { kind: 'mobile', value: '13800000000', verifiedOn: '2026-01-01' },
    ],
  });
});

it.each<[KdmRow, string]>([
  [{ external_userid: '' }, '缺少联系人编号（external_userid）'],
  [{ level: '董事' }, '级别“董事”应为 高层、中层、基层'],
  [{ closeness: '熟' }, '关系亲疏“熟”应为 关系密切、常规合作、初步沟通、不认识'],
  [{ is_top: '也许' }, '最高负责人“也许”应为 是、否'],
  [{ budget_up_to_yuan: '-1' }, '可批金额不能为负数'],
  [{ birthday: '五月' }, '生日“五月”应写作 2026-11-22'],
])('refuses %j', (row, problem) => {
  expect(readKdm({ external_userid: 'wm1', ...row }).problems).toEqual([problem]);
});
