import { expect, it } from 'vitest';
import { membersOf } from '../../../../server/domain/imports/owner-cell.ts';
import {
  opportunityAfter,
  readOpportunity,
  type OpportunityRow,
} from '../../../../server/domain/deals/opportunity-row.ts';

const STAFF = membersOf([{ _id: 'anna', name: '安娜', isActive: true }]);
const aRow = (more: OpportunityRow = {}): OpportunityRow => ({
  external_id: 'SJ-1',
  account: '恒锐',
  stage: '意向',
  ...more,
});
const today = '2026-03-11';
const read = (more: OpportunityRow = {}) => readOpportunity(aRow(more), { members: STAFF, today });

it('reads an opportunity with its products, each with its amount', () => {
  const row = {
    name: '三期',
    product: '机床；备件',
    amount_yuan: '1,000；20.5',
    owner: 'anna',
    purchase_type: '持续',
    expected_close_on: '2026-06-01',
  };
  expect(read(row)).toEqual({
    externalId: 'SJ-1',
    said: {
      name: '三期',
      ownerId: 'anna',
      stage: 'interest',
      lines: [
        { product: '机床', amountFen: 100_000 },
        { product: '备件', amountFen: 2_050 },
      ],
      purchaseType: 'continuous',
      expectedCloseOn: '2026-06-01',
      lostReason: null,
      stageDays: [],
    },
    customer: { accountExternalId: '', accountName: '恒锐' },
    problems: [],
  });
});

it('may know neither product nor amount nor owner nor day', () => {
  expect(read()).toMatchObject({
    said: { name: 'SJ-1', lines: [], ownerId: null, expectedCloseOn: null, purchaseType: 'occasional' },
    problems: [],
  });
  expect(read({ amount_yuan: '5' })).toMatchObject({ said: { lines: [{ product: '', amountFen: 500 }] } });
});

it.each<[OpportunityRow, string[]]>([
  [{ external_id: '' }, ['缺少商机编号']],
  [{ stage: '' }, ['缺少阶段']],
  [{ stage: '初谈' }, ['阶段“初谈”应为 目标、意向、立项、认可、谈判、成交、丢单']],
  [{ owner: 'nobody' }, ['负责人“nobody”不是已同步的成员（应填 userid）']],
  [{ stage: '丢单' }, ['丢单要写丢单原因']],
  [{ stage: '丢单', lost_reason: '价格' }, []],
  [{ lost_reason: '价格' }, ['只有丢单才写丢单原因']],
  [{ product: 'A;B', amount_yuan: '1' }, ['产品有 2 个，金额有 1 个，应一一对应']],
  [{ product: 'A', amount_yuan: '1;2' }, ['几个金额要写几个产品，用“；”隔开']],
  [{ amount_yuan: '-1' }, ['金额不能为负数']],
  [{ interest_on: '2026-03-12' }, ['意向日期 2026-03-12 在今天之后']],
  [{ interest_on: '0026-03-05' }, ['意向日期“0026-03-05”的年份不对，应在 1970 到 2999 年之间']],
  [{ interest_on: '2026-02-01', target_on: '2026-02-02' }, ['意向日期 2026-02-01 早于目标日期 2026-02-02']],
  [{ expected_close_on: '明年' }, ['预计成交日期“明年”应写作 2026-11-22']],
])('%j: %j', (more, problems) => {
  expect(read(more).problems).toEqual(problems);
});

function saidOf(more: OpportunityRow) {
  const { said } = { said: null, ...read(more) };
  if (!said) throw new Error(JSON.stringify(more));
  return said;
}
const timeZone = 'Asia/Shanghai';
const [monday, friday] = [new Date('2026-03-09T08:00:00Z'), new Date('2026-03-13T08:00:00Z')];
const after = (more: OpportunityRow, before: Parameters<typeof opportunityAfter>[1], now = friday) =>
  opportunityAfter(saidOf(more), before, { now, timeZone });

it('dates no stage that came in without a date, and begins one that changed since now', () => {
  const first = after({ stage: '意向' }, null, monday);
  expect(first.stageHistory).toEqual([{ stage: 'interest', at: null }]);
  expect(after({ stage: '意向' }, first).stageHistory).toEqual(first.stageHistory);
  expect(after({ stage: '谈判' }, first).stageHistory).toEqual([
    { stage: 'interest', at: null },
    { stage: 'negotiation', at: friday },
  ]);
});

it('gives stages the days of the row, and keeps the very moment of one that is known', () => {
  const days = { target_on: '2026-01-05', interest_on: '2026/2/1' };
  const first = after({ stage: '意向', ...days }, null);
  expect(first.stageHistory).toEqual([
    { stage: 'target', at: new Date('2026-01-04T16:00:00Z') },
    { stage: 'interest', at: new Date('2026-01-31T16:00:00Z') },
  ]);
  const kept = {
    stage: 'interest' as const,
    stageHistory: [
      { stage: 'target' as const, at: new Date('2026-01-05T03:00:00Z') },
      { stage: 'interest' as const, at: new Date('2026-02-01T03:00:00Z') },
    ],
  };
  expect(after({ stage: '意向', ...days }, kept).stageHistory).toEqual(kept.stageHistory);
  expect(after({ stage: '谈判', ...days }, kept).stageHistory).toEqual([
    ...kept.stageHistory,
    { stage: 'negotiation', at: null },
  ]);
});
