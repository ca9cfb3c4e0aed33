import { describe, expect, it } from 'vitest';
import {
  accountColumns,
  readAccount,
  type AccountRow,
} from '../../../../server/domain/accounts/account-row.ts';
import type { CustomField } from '../../../../server/domain/accounts/custom-field.ts';
import { membersOf } from '../../../../server/domain/imports/owner-cell.ts';

const FIELDS: CustomField[] = [
  { key: 'grade', label: '评级', kind: 'choice', choices: ['甲', '乙'], isRequired: false },
  { key: 'plants', label: '工厂数', kind: 'number', choices: [], isRequired: false },
  { key: 'since', label: '合作起始', kind: 'date', choices: [], isRequired: false },
  { key: 'note', label: '说明', kind: 'text', choices: [], isRequired: true },
];
const rules = {
  members: membersOf([{ _id: 'anna', name: '安娜', isActive: true }]),
  fields: FIELDS,
  timeZone: 'Asia/Shanghai',
};
const read = (row: AccountRow) => readAccount(row, rules);
const problemsOf = (row: AccountRow) => read({ name: '甲公司', ...row }).problems;

describe('a row of an account import', () => {
  it('is read with the built-in columns and the administrator’s own', () => {
    const row = {
      external_id: ' C-1 ',
      name: ' 甲 公司 ',
      industry: '机械',
      region: '华东',
      size: '500 人',
      owner: 'anna',
      'custom.grade': '甲',
      'custom.plants': '1,200',
      'custom.since': '2024/3/9',
      'custom.note': '老客户',
    };
    expect(read(row)).toEqual({
      account: {
        externalId: 'C-1',
        name: '甲 公司',
        nameKey: '甲公司',
        industry: '机械',
        region: '华东',
        size: '500 人',
        ownerId: 'anna',
      },
      custom: { grade: '甲', plants: 1200, since: '2024-03-09', note: '老客户' },
      problems: [],
    });
  });

  it('says nothing by an empty cell: what is known stays, also of a required field', () => {
    expect(read({ name: '甲', region: ' ', owner: '', 'custom.note': '', 'custom.plants': ' ' })).toEqual({
      account: { name: '甲', nameKey: '甲' },
      custom: {},
      problems: [],
    });
  });

  it('names every problem at once, so that one round of mending is enough', () => {
    expect(read({ owner: '张三', 'custom.plants': '三', 'custom.grade': '丙', 'custom.x': '1' })).toEqual({
      problems: [
        '缺少客户名称',
        '负责人“张三”不是已同步的成员（应填 userid）',
        '评级：须为其中之一：甲、乙',
        '工厂数：须为数字',
        '没有自定义字段“x”',
      ],
    });
  });

  it.each([
    ['custom.plants', '12', 0],
    ['custom.plants', '-1.5', 0],
    ['custom.plants', 'Infinity', 1],
    ['custom.plants', '12 家', 1],
    ['custom.since', '2024-02-29', 0],
    ['custom.since', '2025-02-29', 1],
    ['custom.grade', '乙', 0],
    ['custom.grade', '乙级', 1],
    ['custom.note', 'x'.repeat(500), 0],
    ['custom.note', 'x'.repeat(501), 1],
    ['owner', 'anna', 0],
    ['owner', 'Anna', 0],
    ['owner', '安娜', 0],
    ['owner', 'Ann', 1],
  ] as const)('%s “%s”: %d problems', (field, value, count) => {
    expect(problemsOf({ [field]: value })).toHaveLength(count);
  });
});

it('knows the columns of a file by their labels, the administrator’s own behind the built-in ones', () => {
  const labels = Object.entries(accountColumns(FIELDS.slice(0, 1))).map(([name, { label }]) => [name, label]);
  expect(Object.fromEntries(labels)).toEqual({
    external_id: '客户编号',
    name: '客户名称',
    industry: '行业',
    region: '地区',
    size: '规模',
    owner: '负责人',
    deputy: '协办人',
    id: '系统编号',
    is_solo: '个人客户',
    known_since: '建档时间',
    'custom.grade': '评级',
  });
});

it('takes what an export tells of an account: our own id, its nature, its deputy, and since when it is known', () => {
  const row = { id: 'solo-wm1', is_solo: '是', known_since: '2026-03-11 10:00:05', deputy: 'anna' };
  expect(read({ name: '张三', ...row })).toMatchObject({
    account: {
      _id: 'solo-wm1',
      isSolo: true,
      knownSince: new Date('2026-03-11T02:00:05Z'),
      deputyId: 'anna',
    },
  });
  expect(read({ name: '张三', ...row })).not.toHaveProperty('account.nameKey');
  expect(problemsOf({ is_solo: '是' })).toEqual(['个人客户要写导出时的系统编号（以 solo- 开头）']);
  expect(problemsOf({ id: '随便 写', deputy: 'nobody' })).toEqual([
    '协办人“nobody”不是已同步的成员（应填 userid）',
    '系统编号“随便 写”不是本系统导出的编号，请留空',
  ]);
});
