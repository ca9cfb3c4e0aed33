import type { Context } from '../../context.ts';
import { calendarDay } from '../../domain/calendar.ts';
import {
  emptyReport,
  FROM_FILE,
  fromTo,
  outcomeOf,
  tally,
  type ImportMode,
  type ImportReport,
} from '../../domain/imports/import-report.ts';
import { numberKey } from '../../domain/match-key.ts';
import { readPayment, type PaymentRow } from '../../domain/deals/payment-row.ts';
import { paymentOf, paymentProblem, withPayment, type Payment } from '../../domain/deals/payment.ts';
import type { Numbered } from '../../domain/imports/row-cells.ts';
import { importRows } from '../imports/import-rows.ts';
import type { PaidContract } from '../../store/contracts.ts';

type Needs = Pick<Context, 'announcements' | 'audit' | 'contracts' | 'site' | 'now'>;

type Good = { payment: Payment; contractId: string };

/** `contracts`: as they stand after the rows so far, which in a dry run only this knows. */
type Run = { mode: ImportMode; report: ImportReport; contracts: Map<string, PaidContract> };

/** Keeps the payments 回款 of a file; beyond what a milestone still owes they are refused. Repeatable. */
export async function importPayments(
  context: Needs,
  rows: AsyncIterable<Numbered<PaymentRow>>,
  mode: ImportMode = FROM_FILE,
): Promise<ImportReport> {
  const run: Run = { mode, report: emptyReport(), contracts: new Map() };
  const today = calendarDay(context.now(), context.site.timeZone);
  return importRows<PaymentRow, Good>(rows, {
    report: run.report,
    onBatch: mode.onBatch,
    idOf,
    keys: [{ label: '收款编号', of: (row) => numberKey(idOf(row)) }],
    read: (row) => readPayment(row, today),
    keep: (good) => keepBatch(context, good, run),
  });
}

const idOf = (row: PaymentRow) => (row.external_id ?? '').trim();

async function keepBatch(
  context: Needs,
  rows: readonly (Good & { line: number })[],
  run: Run,
): Promise<void> {
  if (!run.mode.isDryRun) run.contracts.clear();
  for (const contract of await context.contracts.findMany(rows.map(({ contractId }) => contractId)))
    if (!run.contracts.has(numberKey(contract._id))) run.contracts.set(numberKey(contract._id), contract);
  const holders = await holdersOf(context, rows);
  for (const row of rows) {
    const problem = await problemOf(context, row, { ...run, holders });
    const { line, payment, contractId } = row;
    const { externalId: id } = payment;
    const early = earlyText(payment, run.contracts.get(numberKey(contractId)));
    if (problem) run.report.rejected.push({ line, id, reasons: [problem] });
    else if (early) run.report.notes.push({ line, id, reasons: [early] });
  }
}

/** Money before there was anything to pay for; null for nothing to say. */
const earlyText = ({ paidOn }: Payment, contract: PaidContract | undefined): string | null =>
  contract && paidOn < contract.signedOn ? `收款日期早于合同签订日期 ${contract.signedOn}` : null;

/** Why the payment was not kept; null when it was. */
async function problemOf(
  context: Needs,
  row: Good,
  { holders, ...run }: Run & { holders: ReadonlyMap<string, string> },
): Promise<string | null> {
  const contract = run.contracts.get(numberKey(row.contractId));
  const holder = holders.get(numberKey(row.payment.externalId));
  if (holder !== undefined && holder !== contract?._id) return `收款编号已用于合同 ${holder}`;
  return keepPayment(context, row, run);
}

/** The contract that holds each payment, by the payment's number. */
async function holdersOf({ contracts }: Needs, rows: readonly Good[]): Promise<Map<string, string>> {
  const found = await contracts.ofPayments(rows.map(({ payment }) => payment.externalId));
  return new Map(
    found.flatMap(({ _id, payments }) => payments.map(({ externalId }) => [numberKey(externalId), _id])),
  );
}

/** The same for one whose number is free. */
async function keepPayment(context: Needs, row: Good, run: Run): Promise<string | null> {
  const { payment, contractId } = row;
  const contract = run.contracts.get(numberKey(contractId));
  if (!contract) return `合同“${contractId}”不存在，请先导入合同`;
  const payments = contract.payments ?? []; // a contract of an older edition has none
  const before = paymentOf(payments, payment) ?? null;
  const outcome = outcomeOf(before, payment);
  if (outcome !== 'unchanged') {
    const problem = await write(context, row, { ...run, before, contract: { ...contract, payments } });
    if (problem) return problem;
  }
  tally(run.report, outcome);
  return null;
}

type Writing = Run & { before: Payment | null; contract: PaidContract };

async function write(
  context: Needs,
  { payment }: Good,
  { before, contract, contracts, mode }: Writing,
): Promise<string | null> {
  const problem = paymentProblem(contract, payment);
  if (problem) return problem;
  const version = contract.version ?? 0;
  const after = withPayment(contract, payment);
  contracts.set(numberKey(contract._id), { ...contract, ...after, version: version + 1 });
  if (mode.isDryRun) return null;
  if (!(await context.contracts.saveAt(contract._id, version, after))) return '该合同正被别处修改，请重试';
  await note(context, { contract, by: mode.by, ...fromTo(before, payment) });
  mode.touched?.add(contract.accountId);
  return null;
}

type Noted = { contract: PaidContract; by: string; from: unknown; to: unknown };

async function note({ announcements, audit, now }: Needs, { contract, by, ...said }: Noted) {
  const { _id: subjectId, accountId } = contract;
  const at = now();
  await audit.note([{ ...said, by, at, act: 'contract.payment', subject: `contract:${subjectId}` }]);
  await announcements.add([{ event: 'contract.changed', accountId, subjectId, contactId: null, by, at }]);
}
