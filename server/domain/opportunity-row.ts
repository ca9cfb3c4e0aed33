import type { Opportunity, OpportunityStage, ProductLine, PurchaseType } from './opportunity.ts';
import { customerCell, type AccountName } from './order-row.ts';
import { amountCell, cellsOf, choiceCell, maybeDayCell, readOr, type Names, type Read } from './row-cells.ts';

/** The columns of an import of opportunities; several products stand in one cell, parted by `；`, and so do their amounts. */
export const OPPORTUNITY_COLUMNS = {
  external_id: '商机编号',
  account_external_id: '客户编号',
  account: '客户名称',
  name: '商机名称',
  stage: '阶段',
  product: '产品',
  amount_yuan: '金额',
  owner: '负责人',
  purchase_type: '采购类型',
  expected_close_on: '预计成交日期',
  lost_reason: '丢单原因',
} as const;

/** One row, as texts. */
export type OpportunityRow = Partial<Record<keyof typeof OPPORTUNITY_COLUMNS, string>>;

/** Stages as people write them. Source: domain.md §7. */
export const OPPORTUNITY_STAGE_NAMES: Names<OpportunityStage> = [
  ['目标', 'target'],
  ['意向', 'interest'],
  ['立项', 'project'],
  ['认可', 'approval'],
  ['谈判', 'negotiation'],
  ['成交', 'won'],
  ['丢单', 'lost'],
];

export const PURCHASE_TYPE_NAMES: Names<PurchaseType> = [
  ['持续', 'continuous'],
  ['偶发', 'occasional'],
];

/** Parts one cell. */
const LIST = /[;；]/;

/** What a row says of an opportunity. */
export type SaidOpportunity = Omit<Opportunity, 'accountId' | 'stageHistory'>;

/** Reads one row; every problem is named. `staffIds`: who may own one. */
export function readOpportunity(
  row: OpportunityRow,
  staffIds: ReadonlySet<string>,
): Read<{ externalId: string; said: SaidOpportunity; customer: AccountName }> {
  const problems: string[] = [];
  const text = cellsOf(row);
  const externalId = text('external_id');
  const stage = { text: text('stage'), label: '阶段', names: OPPORTUNITY_STAGE_NAMES };
  const type = { text: text('purchase_type'), label: '采购类型', names: PURCHASE_TYPE_NAMES };
  const closeOn = { text: text('expected_close_on'), label: '预计成交日期' };
  const said: SaidOpportunity = {
    name: text('name') || externalId,
    ownerId: text('owner') || null,
    stage: choiceCell(stage, problems) ?? 'target',
    lines: linesOf(row, problems),
    purchaseType: choiceCell(type, problems) ?? 'occasional',
    expectedCloseOn: maybeDayCell(closeOn, problems),
    lostReason: text('lost_reason') || null,
  };
  if (!externalId) problems.push('缺少商机编号');
  if (!stage.text) problems.push('缺少阶段');
  problems.push(...ownerProblems(said, staffIds), ...lossProblems(said));
  return readOr({ externalId, said, customer: customerCell(row, problems) }, problems);
}

const ownerProblems = ({ ownerId }: SaidOpportunity, staffIds: ReadonlySet<string>): string[] =>
  ownerId && !staffIds.has(ownerId) ? [`负责人“${ownerId}”不是已同步的成员（应填 userid）`] : [];

function lossProblems({ stage, lostReason }: SaidOpportunity): string[] {
  if (stage === 'lost') return lostReason ? [] : ['丢单要写丢单原因'];
  return lostReason ? ['只有丢单才写丢单原因'] : [];
}

function linesOf(row: OpportunityRow, problems: string[]): ProductLine[] {
  const text = cellsOf(row);
  const [products, amounts] = [listOf(text('product')), listOf(text('amount_yuan'))];
  if (products.length === 0 && amounts.length === 0) return [];
  if (products.length > 1 && products.length !== amounts.length) {
    problems.push(`产品有 ${products.length} 个，金额有 ${amounts.length} 个，应一一对应`);
    return [];
  }
  if (amounts.length > Math.max(1, products.length)) {
    problems.push('几个金额要写几个产品，用“；”隔开');
    return [];
  }
  return amounts.map((amount, index) => ({
    product: products[index] ?? '',
    amountFen: amountCell({ text: amount, label: '金额' }, problems) ?? 0,
  }));
}

const listOf = (text: string): string[] => (text ? text.split(LIST).map((part) => part.trim()) : []);

/** An opportunity after a row: a stage that is new begins at `now`. */
export function opportunityAfter(
  said: SaidOpportunity,
  before: Pick<Opportunity, 'stage' | 'stageHistory'> | null,
  now: Date,
): Omit<Opportunity, 'accountId'> {
  const history = before?.stageHistory ?? [];
  const isNew = before?.stage !== said.stage;
  return { ...said, stageHistory: isNew ? [...history, { stage: said.stage, at: now }] : history };
}
