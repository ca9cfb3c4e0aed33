import { calendarDay, startOfDay, type Day } from '../calendar.ts';
import { column, CUSTOMER_NAME, CUSTOMER_NUMBER, OWNER } from '../imports/column.ts';
import { damageProblems } from '../imports/damage.ts';
import {
  OPPORTUNITY_STAGES,
  type Opportunity,
  type OpportunityStage,
  type ProductLine,
  type PurchaseType,
} from './opportunity.ts';
import { customerCell, type AccountName } from './order-row.ts';
import { ownerCell, type Members } from '../imports/owner-cell.ts';
import {
  amountCell,
  cellsOf,
  choiceCell,
  maybeDayCell,
  pastDayCell,
  readOr,
  type Names,
  type Read,
} from '../imports/row-cells.ts';

const began = (label: string) => column('day', label, { also: [label.replace('日期', '时间')] });

/** The columns of an import of opportunities; several products stand in one cell, parted by `；`, and so do their amounts. */
export const OPPORTUNITY_COLUMNS = {
  external_id: column('id', '商机编号', { also: ['商机号', '商机编码', '机会编号', '销售机会编号'] }),
  account_external_id: CUSTOMER_NUMBER,
  account: CUSTOMER_NAME,
  name: column('text', '商机名称', { also: ['商机', '商机名', '机会名称', '销售机会名称', '项目名称'] }),
  stage: column('text', '阶段', {
    also: ['商机阶段', '销售阶段', '当前阶段', '销售流程阶段'],
    near: ['阶段'],
  }),
  product: column('text', '产品', { also: ['产品名称', '意向产品', '商品名称'] }),
  amount_yuan: column('money', '金额', {
    also: ['商机金额', '预计金额', '预计成交金额', '预计销售金额'],
    near: ['金额', '总额', '总价'],
  }),
  owner: OWNER,
  purchase_type: column('text', '采购类型', { also: ['购买类型'] }),
  expected_close_on: column('day', '预计成交日期', {
    also: ['预计成交时间', '预计结单日期', '预计签单日期', '预计签约日期'],
    near: ['预计', '结单'],
  }),
  lost_reason: column('text', '丢单原因', { also: ['输单原因', '丢单理由', '输单理由'] }),
  target_on: began('目标日期'),
  interest_on: began('意向日期'),
  project_on: began('立项日期'),
  approval_on: began('认可日期'),
  negotiation_on: began('谈判日期'),
  won_on: began('成交日期'),
  lost_on: began('丢单日期'),
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

/** The day on which a stage began. */
type StageDay = { stage: OpportunityStage; day: Day };

/** What a row says of an opportunity. */
export type SaidOpportunity = Omit<Opportunity, 'accountId' | 'stageHistory'> & {
  /** The days on which stages began, in the order of the funnel; empty when the row tells none. */
  stageDays: StageDay[];
};

/** Reads one row; every problem is named. `members`: who may own one; `today` is the corp's day. */
export function readOpportunity(
  row: OpportunityRow,
  { members, today }: { members: Members; today: Day },
): Read<{ externalId: string; said: SaidOpportunity; customer: AccountName }> {
  const problems = damageProblems(row, OPPORTUNITY_COLUMNS);
  const text = cellsOf(row);
  const externalId = text('external_id');
  const stage = { text: text('stage'), label: '阶段', names: OPPORTUNITY_STAGE_NAMES };
  const type = { text: text('purchase_type'), label: '采购类型', names: PURCHASE_TYPE_NAMES };
  const closeOn = { text: text('expected_close_on'), label: '预计成交日期' };
  const said: SaidOpportunity = {
    name: text('name') || externalId,
    ownerId: ownerCell({ text: text('owner'), members }, problems) || null,
    stage: choiceCell(stage, problems) ?? 'target',
    lines: linesOf(row, problems),
    purchaseType: choiceCell(type, problems) ?? 'occasional',
    expectedCloseOn: maybeDayCell(closeOn, problems),
    lostReason: text('lost_reason') || null,
    stageDays: stageDaysOf(row, today, problems),
  };
  if (!externalId) problems.push('缺少商机编号');
  if (!stage.text) problems.push('缺少阶段');
  problems.push(...lossProblems(said));
  return readOr({ externalId, said, customer: customerCell(row, problems) }, problems);
}

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

/** The days of a row must follow one another as the stages do. */
function stageDaysOf(row: OpportunityRow, today: Day, problems: string[]): StageDay[] {
  const text = cellsOf(row);
  const told = OPPORTUNITY_STAGES.flatMap((stage) => {
    const cell = { text: text(`${stage}_on`), label: OPPORTUNITY_COLUMNS[`${stage}_on`].label, today };
    const day = cell.text ? pastDayCell(cell, problems) : '';
    return day ? [{ stage, day, label: cell.label }] : [];
  });
  for (const [index, { day, label }] of told.entries()) {
    const before = told[index - 1];
    if (before && day < before.day) problems.push(`${label} ${day} 早于${before.label} ${before.day}`);
  }
  return told.map(({ stage, day }) => ({ stage, day }));
}

type Known = Pick<Opportunity, 'stage' | 'stageHistory'>;
type StageEntry = Opportunity['stageHistory'][number];

/** The history of the stages after a row: by its days; without any, a first stage has no date, and one that changed since begins now. */
function historyAfter(
  { stage, stageDays }: SaidOpportunity,
  before: Known | null,
  { now, timeZone }: { now: Date; timeZone: string },
): StageEntry[] {
  if (!before)
    return undatedLast(
      stageDays.map((each) => begun(each, null, timeZone)),
      { stage, at: null },
    );
  const { stageHistory: history, stage: last } = before;
  const known = (of: OpportunityStage) => history.findLast((entry) => entry.stage === of)?.at ?? null;
  const dated = stageDays.map((each) => begun(each, known(each.stage), timeZone));
  const isTold = dated.every((entry) => entry.at.getTime() === known(entry.stage)?.getTime());
  if (isTold && last === stage) return history;
  if (dated.length === 0) return [...history, { stage, at: now }];
  return undatedLast(dated, { stage, at: last === stage ? known(stage) : null });
}

/** The present stage stands last, also when the row dates others only. */
function undatedLast(dated: readonly StageEntry[], present: StageEntry): StageEntry[] {
  if (dated.at(-1)?.stage === present.stage) return [...dated];
  return [...dated.filter(({ stage }) => stage !== present.stage), present];
}

/** A stage that began on that day: at the moment we know, or at the beginning of the day. */
function begun({ stage, day }: StageDay, known: Date | null, timeZone: string) {
  const isKnown = known && calendarDay(known, timeZone) === day;
  return { stage, at: isKnown ? known : startOfDay(day, timeZone) };
}

/** An opportunity after a row. */
export function opportunityAfter(
  said: SaidOpportunity,
  before: Known | null,
  at: { now: Date; timeZone: string },
): Omit<Opportunity, 'accountId'> {
  const { stageDays: _days, ...fields } = said;
  return { ...fields, stageHistory: historyAfter(said, before, at) };
}
