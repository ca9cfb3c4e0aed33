import { describe, expect, it } from 'vitest';
import type { ContactMethod } from '../../../../server/domain/contacts/kdm.ts';
import { kdmProblems, type KdmEdit } from '../../../../server/domain/contacts/kdm-problems.ts';

const people = [
  { _id: 'me', name: '王建国', kdm: {} },
  { _id: 'boss', name: '李总', kdm: {} },
  { _id: 'below', name: '小张', kdm: { superiorId: 'me' } },
  { _id: 'deeper', name: '小赵', kdm: { superiorId: 'below' } },
];
const about = { externalUserId: 'me', people, today: '2026-03-11' };
const fieldsOf = (edit: KdmEdit) => kdmProblems(edit, about).map(({ field }) => field);
const messageOf = (edit: KdmEdit) => kdmProblems(edit, about)[0]?.message;
const withMethod = (method: Partial<ContactMethod>): KdmEdit => ({
  methods: [{ kind: 'mobile', value: '13800138000', ...method }],
});

it('finds nothing wrong with a profile of which nothing is known, or everything', () => {
  expect(fieldsOf({})).toEqual([]);
  expect(
    fieldsOf({
      department: '采购部',
      title: '总监',
      level: 'executive',
      superiorId: 'boss',
      isTop: false,
      scope: '设备',
      authority: '定厂商',
      budget: 'approves_up_to',
      budgetUpToFen: 50_000_000,
      methods: [{ kind: 'mobile', value: '13800138000', verifiedOn: '2026-03-11' }],
      closeness: 'close',
      decisionRole: 'guide',
      guideLevel: 3,
      style: '看数据',
      birthday: '1980-02-29',
      notes: '喜欢茶',
    }),
  ).toEqual([]);
});

describe('the superior: cycles and foreign accounts are refused', () => {
  it.each([
    ['oneself', 'me', '上级不能是本人'],
    ['somebody of another account', 'stranger', '上级必须是同一客户的联系人，请重新选择'],
    ['one who reports to them', 'below', '小张本来就是此人的下级，不能再当上级：请先改小张的上级'],
    ['one further below', 'deeper', '小赵本来就是此人的下级，不能再当上级：请先改小赵的上级'],
  ])('cannot be %s', (_who, superiorId, message) => {
    expect(kdmProblems({ superiorId }, about)).toEqual([{ field: 'superiorId', message }]);
  });

  it('cannot be had by who is at the top', () => {
    expect(fieldsOf({ superiorId: 'boss', isTop: true })).toEqual(['superiorId']);
    expect(fieldsOf({ superiorId: null, isTop: true })).toEqual([]);
  });

  it('is checked up a chain of 1,000', () => {
    const chain = Array.from({ length: 1000 }, (_, n) => ({
      _id: `p${n}`,
      name: `第${n}位`,
      kdm: n === 0 ? {} : { superiorId: `p${n - 1}` },
    }));
    const top = { externalUserId: 'p0', people: chain, today: '2026-03-11' };
    expect(kdmProblems({ superiorId: 'p999' }, top)).toHaveLength(1);
  });
});

describe('budget authority', () => {
  it.each([
    [null, '请填写可批的金额'],
    [0, '可批金额要大于 0，最多 1 万亿元'],
    [-1, '可批金额要大于 0，最多 1 万亿元'],
    [0.5, '可批金额要大于 0，最多 1 万亿元'],
    [1, undefined],
    [100_000_000_000_000, undefined],
    [100_000_000_000_001, '可批金额要大于 0，最多 1 万亿元'],
  ])('“approves up to” %s fen: %s', (budgetUpToFen, message) => {
    expect(messageOf({ budget: 'approves_up_to', budgetUpToFen })).toBe(message);
  });

  it.each(['none', 'recommends', 'final', null] as const)('“%s” has no amount', (budget) => {
    expect(fieldsOf({ budget, budgetUpToFen: 1 })).toEqual(['budgetUpToFen']);
    expect(fieldsOf({ budget, budgetUpToFen: null })).toEqual([]);
  });
});

describe('guide: level 3 can intervene in the decision, 2 advises, 1 informs', () => {
  it.each([
    [0, 1],
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 1],
    [1.5, 1],
    [null, 0],
  ])('%s: %d problems', (guideLevel, count) => {
    expect(fieldsOf({ decisionRole: 'guide', guideLevel })).toHaveLength(count);
  });

  it.each(['purchaser', 'user', null] as const)('is nothing for %s', (decisionRole) => {
    expect(fieldsOf({ decisionRole, guideLevel: 2 })).toEqual(['guideLevel']);
  });
});

it.each([
  ['1900-01-01', undefined],
  ['1899-12-31', '生日不是有效的日期'],
  ['2026-03-11', undefined],
  ['2026-03-12', '生日不能晚于今天'],
  ['1981-02-29', '生日不是有效的日期'],
  ['1980-2-9', '生日不是有效的日期'],
  ['不详', '生日不是有效的日期'],
])('a birthday on %s: %s', (birthday, message) => {
  expect(messageOf({ birthday })).toBe(message);
});

describe('a way of contact', () => {
  it.each([
    ['mobile', '138 0013 8000'],
    ['mobile', '+86-138-0013-8000'],
    ['mobile', '(0512) 6666 8888 转 801'],
    ['mobile', '１３８００１３８０００'],
    ['mobile', '95588'],
    ['email', 'wang.jianguo+a@huadong-jm.example'],
    ['email', ' wang@公司.中国 '],
    ['wechat', 'wxid_1234'],
    ['other', '钉钉：王建国'],
  ] as const)('%s %s is taken as people write it', (kind, value) => {
    expect(fieldsOf(withMethod({ kind, value }))).toEqual([]);
  });

  it.each([
    ['mobile', '1234'],
    ['mobile', '1'.repeat(21)],
    ['mobile', '张三的手机'],
    ['mobile', '138+00138000'],
    ['email', 'wang'],
    ['email', 'wang@huadong'],
    ['email', 'wang@a@b.cn'],
    ['wechat', 'wxid 1234'],
    ['other', '  '],
    ['mobile', ''],
    ['other', 'x'.repeat(101)],
  ] as const)('%s “%s” is refused, by its row', (kind, value) => {
    expect(fieldsOf(withMethod({ kind, value }))).toEqual(['methods.0.value']);
  });

  it.each([
    ['2026-03-11', undefined],
    ['2026-03-12', '核实日期不能晚于今天'],
    ['2026-02-30', '核实日期不是有效的日期'],
    [null, undefined],
  ])('verified on %s: %s', (verifiedOn, message) => {
    expect(messageOf(withMethod({ verifiedOn }))).toBe(message);
  });

  it('is not kept twice, however it is written', () => {
    const methods = [
      { kind: 'mobile' as const, value: '138 0013 8000' },
      { kind: 'wechat' as const, value: '13800138000' },
      { kind: 'mobile' as const, value: '138-0013-8000' },
    ];
    expect(kdmProblems({ methods }, about)).toEqual([
      { field: 'methods.2.value', message: '这个联系方式填了两次' },
    ]);
  });

  it.each([
    [20, 0],
    [21, 1],
  ])('%d of them: %d problems', (length, count) => {
    const methods = Array.from({ length }, (_, n) => ({ kind: 'other' as const, value: `号 ${n}` }));
    expect(fieldsOf({ methods })).toHaveLength(count);
  });
});

it.each([
  ['department', 100],
  ['title', 100],
  ['scope', 500],
  ['authority', 500],
  ['style', 2000],
  ['notes', 2000],
] as const)('%s holds %d characters', (field, most) => {
  expect(fieldsOf({ [field]: '字'.repeat(most) })).toEqual([]);
  expect(fieldsOf({ [field]: '字'.repeat(most + 1) })).toEqual([field]);
});

it('names every problem at once', () => {
  expect(
    fieldsOf({ title: 'x'.repeat(101), superiorId: 'me', budget: 'approves_up_to', guideLevel: 1 }),
  ).toEqual(['title', 'superiorId', 'budgetUpToFen', 'guideLevel']);
});
