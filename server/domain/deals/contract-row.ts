import type { Day } from '../calendar.ts';
import { column, CUSTOMER_NAME, CUSTOMER_NUMBER } from '../imports/column.ts';
import { damageProblems } from '../imports/damage.ts';
import { MILESTONE_KINDS, type Contract, type Milestone, type MilestoneKind } from './contract.ts';
import { yuanText } from '../money.ts';
import { customerCell, KIND_NAMES, type AccountName } from './order-row.ts';
import {
  amountCell,
  cellsOf,
  choiceCell,
  dayCell,
  maybeDayCell,
  priceCell,
  readOr,
  type Names,
  type Read,
} from '../imports/row-cells.ts';

const paid = (label: string, also: readonly string[]) =>
  column('money', label, { also: [`${label}金额`, ...also], near: [label] });
const due = (label: string) =>
  column('day', `${label}日期`, { also: [`${label}到期日`, `${label}应付日期`, `${label}时间`] });

/** The columns of a contract import; each payment of the contract has two of its own. */
export const CONTRACT_COLUMNS = {
  external_id: column('id', '合同编号', {
    also: ['合同号', '合同编码', '合同ID'],
    near: ['合同编', '合同号'],
  }),
  account_external_id: CUSTOMER_NUMBER,
  account: CUSTOMER_NAME,
  name: column('text', '合同名称', { also: ['合同名', '合同标题', '合同主题'] }),
  kind: column('text', '类型', { also: ['合同类型'], near: ['合同类别', '业务类型'] }),
  amount_yuan: column('money', '金额', {
    also: ['合同金额', '合同总额', '合同总金额', '合同总价', '价税合计'],
    near: ['合同金额', '总额', '总价', '含税金额', '合计'],
  }),
  cost_yuan: column('money', '成本', { also: ['成本金额', '合同成本', '总成本'], near: ['成本', '进价'] }),
  signed_on: column('day', '签订日期', {
    also: ['签约日期', '签署日期', '签订时间', '签约时间', '合同签订日期'],
    near: ['签订', '签约', '签署'],
  }),
  ends_on: column('day', '到期日期', {
    also: ['到期日', '到期时间', '结束日期', '截止日期', '终止日期', '合同到期日期', '合同结束日期'],
    near: ['合同到期', '合同结束', '有效期'],
  }),
  down_payment_yuan: paid('首付款', ['首款', '预付款']),
  down_payment_due_on: due('首付款'),
  delivery_yuan: paid('到货付款', ['到货款']),
  delivery_due_on: due('到货付款'),
  acceptance_yuan: paid('完工验收付款', ['验收款']),
  acceptance_due_on: due('完工验收付款'),
  warranty_yuan: paid('质保尾款', ['质保金']),
  warranty_due_on: due('质保尾款'),
} as const;

/** One row, as texts. */
export type ContractRow = Partial<Record<keyof typeof CONTRACT_COLUMNS, string>>;

/** Payments of a contract as people write them. */
export const MILESTONE_NAMES: Names<MilestoneKind> = [
  ['首付款', 'down_payment'],
  ['到货付款', 'delivery'],
  ['完工验收付款', 'acceptance'],
  ['质保尾款', 'warranty'],
];

/** What a payment is called. */
export const milestoneName = (kind: MilestoneKind): string =>
  MILESTONE_NAMES.find(([, value]) => value === kind)?.[0] ?? kind;

/** A payment that was agreed; what was paid of it a row does not say. */
type Agreed = Pick<Milestone, 'kind' | 'dueOn' | 'amountFen'>;

/** What a row says of a contract; without payments it leaves those alone that are known. */
export type SaidContract = Omit<Contract, 'accountId' | 'milestones'> & { agreed: Agreed[] };

/** Reads one row; every problem is named, so that one round of mending is enough. A contract without a name is called by its number. */
export function readContract(
  row: ContractRow,
): Read<{ externalId: string; said: SaidContract; customer: AccountName }> {
  const problems = damageProblems(row, CONTRACT_COLUMNS);
  const text = cellsOf(row);
  const externalId = text('external_id');
  const said: SaidContract = {
    name: text('name') || externalId,
    kind: choiceCell({ text: text('kind'), label: '类型', names: KIND_NAMES }, problems) ?? 'sale',
    amountFen: priceCell({ text: text('amount_yuan'), label: '金额' }, problems),
    costFen: amountCell({ text: text('cost_yuan') || '0', label: '成本' }, problems) ?? 0,
    signedOn: dayCell({ text: text('signed_on'), label: '签订日期' }, problems),
    endsOn: maybeDayCell({ text: text('ends_on'), label: '到期日期' }, problems),
    agreed: MILESTONE_KINDS.flatMap((kind) => agreedOf(row, kind, problems)),
  };
  if (!externalId) problems.push('缺少合同编号');
  if (said.endsOn && said.endsOn < said.signedOn) problems.push('到期日期早于签订日期');
  return readOr({ externalId, said, customer: customerCell(row, problems) }, problems);
}

/** One payment; both of its cells or neither. */
function agreedOf(row: ContractRow, kind: MilestoneKind, problems: string[]): Agreed[] {
  const text = cellsOf(row);
  const label = milestoneName(kind);
  const [amount, due]: [string, Day] = [text(`${kind}_yuan`), text(`${kind}_due_on`)];
  if (!amount && !due) return [];
  const amountFen = priceCell({ text: amount, label }, problems);
  return [{ kind, amountFen, dueOn: dayCell({ text: due, label: `${label}日期` }, problems) }];
}

/** The payments of a contract after a row: what was paid stays; or what is against the row, for people. Sums always agree. */
export function milestonesAfter(
  { agreed, amountFen }: Pick<SaidContract, 'agreed' | 'amountFen'>,
  known: readonly Milestone[],
): { milestones: Milestone[] } | { problem: string } {
  const milestones =
    agreed.length === 0
      ? [...known]
      : agreed.map((each) => ({ ...UNPAID, ...known.find(({ kind }) => kind === each.kind), ...each }));
  const short = known.find(({ kind, paidFen }) => paidFen > agreedFen(milestones, kind));
  if (short) {
    return {
      problem: `“${milestoneName(short.kind)}”已收 ${yuanText(short.paidFen)}，金额不能低于它`,
    };
  }
  const sumFen = milestones.reduce((sum, each) => sum + each.amountFen, 0);
  if (milestones.length === 0 || sumFen === amountFen) return { milestones };
  return { problem: `各期付款合计 ${yuanText(sumFen)}，与合同金额 ${yuanText(amountFen)} 不一致` };
}

const UNPAID = { paidFen: 0, paidOn: null, isWrittenOff: false };

const agreedFen = (milestones: readonly Milestone[], of: MilestoneKind): number =>
  milestones.find(({ kind }) => kind === of)?.amountFen ?? 0;
