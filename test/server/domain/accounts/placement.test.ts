import { expect, it } from 'vitest';
import { placementOf, type Book } from '../../../../server/domain/accounts/placement.ts';

const [jia, yi] = [
  { _id: 'a1', name: '甲公司', externalId: 'C001' },
  { _id: 'a2', name: '乙公司' },
];
const book: Book = {
  byId: new Map([['a2', yi]]),
  byNumber: new Map([['C001', jia]]),
  byKey: new Map([
    ['甲公司', jia],
    ['甲集团有限公司', jia],
    ['乙公司', yi],
  ]),
  byShort: new Map([
    ['华星', [jia, yi]],
    ['小乙', [yi]],
  ]),
};
const placed = (accountExternalId: string, accountName: string) =>
  placementOf({ accountExternalId, accountName }, book);

it.each([
  ['a number', placed('C001', ''), { accountId: 'a1', doubts: [] }],
  ['a number in other letters', placed('Ｃ００１\u200b', ''), { accountId: 'a1', doubts: [] }],
  ['a number and the name', placed('C001', '甲 公司'), { accountId: 'a1', doubts: [] }],
  ['a number and the legal name', placed('C001', '甲集团有限公司'), { accountId: 'a1', doubts: [] }],
  ['the legal name', placed('', '甲集团有限公司'), { accountId: 'a1', doubts: [] }],
  ['a short name that one has', placed('', '小乙'), { accountId: 'a2', doubts: [] }],
  ['our own id', placed('#a2', '乙公司'), { accountId: 'a2', doubts: [] }],
  ['a name nobody knows', placed('', '丙公司'), { create: '丙公司' }],
  ['an own id nobody knows, and a name', placed('#gone', '乙公司'), { accountId: 'a2', doubts: [] }],
])('finds the customer by %s', (_, placement, expected) => {
  expect(placement).toEqual(expected);
});

it('refuses what contradicts itself or may mean several, and notes what is odd, for people', () => {
  expect(placed('C009', '')).toEqual({ problem: '客户编号“C009”不存在，请先导入客户或填写客户名称' });
  expect(placed('#gone', '张三')).toHaveProperty('problem');
  expect(placed('C001', '乙公司')).toEqual({
    problem: '客户编号“C001”是“甲公司”，本行的客户名称却是“乙公司”（另一个客户），请改正其中一个',
  });
  expect(placed('', '华星')).toEqual({
    problem: '“华星”是 2 个客户的简称（甲公司、乙公司），请写全称或客户编号',
  });
  expect(placed('C001', '丁公司')).toEqual({
    accountId: 'a1',
    doubts: ['客户编号“C001”是“甲公司”，本行的客户名称却是“丁公司”，已按编号归入“甲公司”'],
  });
  expect(placed('C009', '甲公司')).toEqual({
    accountId: 'a1',
    doubts: ['客户编号“C009”不存在，已按名称归入“甲公司”（编号 C001）'],
  });
});
