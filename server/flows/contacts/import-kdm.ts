import type { Context } from '../../context.ts';
import { calendarDay, type Day } from '../../domain/calendar.ts';
import {
  emptyReport,
  tally,
  type ImportMode,
  type ImportReport,
} from '../../domain/imports/import-report.ts';
import { kdmChanges, tidyKdm } from '../../domain/contacts/kdm-changes.ts';
import { kdmProblems, type KdmEdit } from '../../domain/contacts/kdm-problems.ts';
import { kdmAfter, readKdm, type KdmRow, type SaidKdm } from '../../domain/contacts/kdm-row.ts';
import type { Numbered } from '../../domain/imports/row-cells.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';
import { importRows } from '../imports/import-rows.ts';
import type { Account } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';
import { saveKdm, type KdmSaving } from './save-kdm.ts';

type Needs = Pick<Context, 'accounts'> & Parameters<typeof saveKdm>[0];

type Good = { externalUserId: string; said: SaidKdm };
type Run = {
  context: Needs;
  mode: ImportMode;
  report: ImportReport;
  today: Day;
  people: Map<string, Contact>; // of the accounts in this batch, as they stand after the rows so far
  accounts: Map<string, Account>;
};

/**
 * Keeps the profiles 关键决策人 of contacts whom WeCom told us about. Empty cells change nothing; what the sidebar would refuse is
 * refused. A row that says nothing new does not confirm the profile.
 */
export async function importKdm(
  context: Needs,
  rows: AsyncIterable<Numbered<KdmRow>>,
  mode: ImportMode,
): Promise<ImportReport> {
  const report = emptyReport();
  const today = calendarDay(context.now(), context.site.timeZone);
  return importRows<KdmRow, Good>(rows, {
    report,
    onBatch: mode.onBatch,
    idOf,
    keys: [{ label: '联系人编号', of: idOf }],
    read: readKdm,
    async keep(good) {
      const run = { context, mode, report, today, ...(await peopleOf(context, good)) };
      for (const { line, externalUserId, said } of good) {
        const reasons = await keepProfile(run, { externalUserId, said });
        if (reasons.length > 0) report.rejected.push({ line, id: externalUserId, reasons });
      }
    },
  });
}

const idOf = (row: KdmRow) => (row.external_userid ?? '').trim();

async function peopleOf({ contacts, accounts }: Needs, rows: readonly Good[]) {
  const named = await contacts.findMany(rows.map(({ externalUserId }) => externalUserId));
  const accountIds = [...new Set(named.flatMap(({ accountId }) => accountId ?? []))];
  const [found, colleagues] = await Promise.all([
    accounts.findMany(accountIds),
    contacts.ofAccounts(accountIds),
  ]);
  return {
    people: new Map([...named, ...colleagues].map((contact) => [contact._id, contact])),
    accounts: new Map(found.map((account) => [account._id, account])),
  };
}

/** Why the profile was not kept; nothing when it was. */
async function keepProfile(run: Run, { externalUserId, said }: Good): Promise<string[]> {
  const contact = run.people.get(externalUserId);
  if (!contact) return [`联系人“${externalUserId}”不存在，请先同步企业微信客户`];
  const account = run.accounts.get(contact.accountId ?? '');
  if (!account) return ['该联系人还没有归入客户'];
  const people = [...run.people.values()].filter(({ accountId }) => accountId === account._id);
  const edit = tidyKdm(kdmAfter(contact.kdm, said, people));
  const problems = kdmProblems(edit, { externalUserId, people, today: run.today });
  if (problems.length > 0) return problems.map(({ message }) => message);
  return keepEdit(run, { contact, account }, edit);
}

async function keepEdit(run: Run, opened: KdmSaving['opened'], edit: KdmEdit): Promise<string[]> {
  const { contact } = opened;
  const isNew = kdmChanges(contact.kdm, edit).length > 0;
  const refusal = isNew && !run.mode.isDryRun ? await save(run, opened, edit) : null;
  if (refusal) return [refusal];
  const kdmVersion = (contact.kdmVersion ?? 0) + 1;
  if (isNew) run.people.set(contact._id, { ...contact, kdm: { ...contact.kdm, ...edit }, kdmVersion });
  tally(run.report, isNew ? 'changed' : 'unchanged');
  return [];
}

/** Why it could not be saved: somebody else saves the same profile, or the same chart. */
async function save(
  { context, mode }: Run,
  opened: KdmSaving['opened'],
  edit: KdmEdit,
): Promise<string | null> {
  const caller: Caller = { staffId: mode.by, role: 'admin', teamIds: [] };
  try {
    await saveKdm(context, caller, { opened, edit, version: opened.contact.kdmVersion ?? 0 });
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
