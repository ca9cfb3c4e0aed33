import { describe, expect, it } from 'vitest';
import type { CustomField } from '../../../../server/domain/accounts/custom-field.ts';
import type { Sheet } from '../../../../server/domain/exports/export-cells.ts';
import { accountSheet, CONTACT_SHEET } from '../../../../server/domain/exports/export-people.ts';

const lookup = { accountOf: () => ({ name: '甲公司', externalId: 'C-1' }), timeZone: 'Asia/Shanghai' };
/** The first row, by the name of the column; cells that say nothing are left out. */
function rowOf({ header, rowsOf }: Sheet, kept: object): Record<string, string> {
  const [row = []] = rowsOf(kept, lookup);
  return Object.fromEntries(header.flatMap((label, index) => (row[index] ? [[label, row[index]]] : [])));
}

const FIELDS: CustomField[] = [
  { key: 'plants', label: '工厂数', kind: 'number', choices: [], isRequired: false },
];
const anAccount = (more: object = {}) => ({
  _id: 'a1',
  name: '甲公司',
  externalId: 'C-1',
  industry: '机械',
  region: '',
  size: '',
  ownerId: 'anna',
  deputyId: null,
  knownSince: new Date('2025-06-02T04:00:00Z'),
  tier: 'head',
  valueClass: 'diamond',
  stage: 'long_term',
  dueOn: '2026-03-11',
  lastTouchAt: new Date('2026-03-04T16:30:00Z'),
  mergedInto: null,
  custom: { plants: 3, gone: 'x' },
  ...more,
});

describe('a file of customers', () => {
  it('holds what an import takes, and tier, class and stage in words', () => {
    expect(rowOf(accountSheet(FIELDS), anAccount())).toEqual({
      客户编号: 'C-1',
      客户名称: '甲公司',
      行业: '机械',
      负责人: 'anna',
      工厂数: '3',
      系统编号: 'a1',
      客户分层: '头部',
      价值分类: '钻石',
      客户阶段: '长期',
      最近跟进: '2026-03-05 00:30:00', // in the corp's time
      下次跟进: '2026-03-11',
      建档时间: '2025-06-02 12:00:00',
    });
  });

  it('leaves out who was merged into another: an import would bring them back', () => {
    expect(accountSheet([]).rowsOf(anAccount({ mergedInto: 'a2' }), lookup)).toEqual([]);
  });

  it('leaves out what a field held that no administrator defines any more', () => {
    expect(Object.values(rowOf(accountSheet(FIELDS), anAccount()))).not.toContain('x');
    expect(rowOf(accountSheet([]), anAccount())).not.toHaveProperty('工厂数');
  });

  it.each([
    ['unrated', '未分层'],
    ['waist', '腰部'],
    ['tail', '尾部'],
  ])('calls %s %s', (tier, word) => {
    expect(rowOf(accountSheet([]), anAccount({ tier }))['客户分层']).toBe(word);
  });
});

const aContact = (kdm: object) => ({
  _id: 'wm1',
  name: '王建国',
  position: '',
  corpName: '',
  accountId: 'a1',
  kdm,
});

describe('a file of people', () => {
  it('says whose they are, and their profile in the words of the pages', () => {
    const kdm = {
      level: 'executive',
      budget: 'approves_up_to',
      budgetUpToFen: 1_280_050,
      closeness: 'regular',
      decisionRole: 'purchaser',
      isTop: true,
      methods: [
        { kind: 'mobile', value: '13800000000' },
        { kind: 'mobile', value: '13900000000' },
      ],
    };
    expect(rowOf(CONTACT_SHEET, aContact(kdm))).toEqual({
      联系人编号: 'wm1',
      级别: '高层',
      最高负责人: '是',
      预算权: '额度内可批',
      可批金额: '12800.50',
      手机: '13800000000；13900000000',
      关系亲疏: '常规合作',
      决策角色: '采购决策',
      姓名: '王建国',
      客户编号: 'C-1',
      客户名称: '甲公司',
    });
  });

  it('says nothing of a profile of which nobody knows anything', () => {
    expect(Object.keys(rowOf(CONTACT_SHEET, aContact({})))).toEqual([
      '联系人编号',
      '姓名',
      '客户编号',
      '客户名称',
    ]);
  });
});
