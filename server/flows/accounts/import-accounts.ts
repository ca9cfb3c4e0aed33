import type { Context } from '../../context.ts';
import { isPromised } from '../../domain/accounts/account-right.ts';
import { spellingIn } from '../../domain/system/user-id.ts';
import {
  readAccount,
  type AccountRow,
  type AccountRules,
  type RowAccount,
} from '../../domain/accounts/account-row.ts';
import { accountFor, newsOf, type AccountNews } from '../../domain/accounts/account-import.ts';
import { matchKey, numberKey } from '../../domain/match-key.ts';
import { nextDue, type CadencePolicy } from '../../domain/cadence/cadence.ts';
import type { CustomValues } from '../../domain/accounts/custom-field.ts';
import {
  emptyReport,
  FROM_FILE,
  fromTo,
  outcomeOf,
  tally,
  type ImportMode,
  type ImportReport,
} from '../../domain/imports/import-report.ts';
import { membersOf } from '../../domain/imports/owner-cell.ts';
import type { Book } from '../../domain/accounts/placement.ts';
import type { Numbered } from '../../domain/imports/row-cells.ts';
import { importRows } from '../imports/import-rows.ts';
import type { NamedAccount } from '../../store/account-book.ts';
import type { Account } from '../../store/account-model.ts';
import type { AuditEntry } from '../../store/audit-model.ts';
import type { Change } from '../../store/history.ts';

type Needs = Pick<Context, 'accountBook' | 'audit' | 'history' | 'staff' | 'settings' | 'site' | 'now'>;

type Good = { account: RowAccount; custom: CustomValues };
type Writes = {
  added: NamedAccount[];
  updates: { accountId: string; fields: Partial<Account> }[];
  notes: Omit<AuditEntry, 'by' | 'at'>[];
  owners: Omit<Change, 'by' | 'at'>[];
};
type Run = {
  mode: ImportMode;
  report: ImportReport;
  rules: AccountRules;
  place: CadencePolicy;
  writes: Writes;
};

/** Somebody who takes an account on takes it out of the pool. */
const TAKEN = { pooledAt: null, heirId: null, heirWhy: null, heirAcceptedBy: null };

/**
 * Keeps the customers of a file: found by number, else by name, else made. Empty cells change nothing. Good rows go in, bad
 * ones are reported; a repeated import changes nothing.
 */
export async function importAccounts(
  context: Needs,
  rows: AsyncIterable<Numbered<AccountRow>>,
  mode: ImportMode = FROM_FILE,
): Promise<ImportReport> {
  const settings = await context.settings.read();
  const members = await context.staff.all();
  const spelled = spellingIn(members);
  const run: Run = {
    mode,
    report: emptyReport(),
    rules: {
      members: membersOf(members),
      fields: settings.customFields,
      timeZone: context.site.timeZone,
    },
    place: { timeZone: context.site.timeZone, ...settings },
    writes: { added: [], updates: [], notes: [], owners: [] },
  };
  return importRows<AccountRow, Good>(rows, {
    report: run.report,
    onBatch: mode.onBatch,
    idOf: (row) => numberOf(row) || nameOf(row),
    keys: [
      { label: '客户编号', of: (row) => numberKey(numberOf(row)) },
      { label: '客户名称', of: (row) => (isSoloRow(row) ? '' : matchKey(nameOf(row))) },
      { label: '系统编号', of: (row) => (row.id ?? '').trim() },
    ],
    read: (row) => readAccount(row.owner ? { ...row, owner: spelled(row.owner) } : row, run.rules),
    async keep(good) {
      const numbers = good.flatMap(({ account }) => account.externalId ?? []);
      const keys = good.flatMap(({ account }) => account.nameKey ?? []);
      const ids = good.flatMap(({ account }) => account._id ?? []);
      const book = await context.accountBook.find({ ids, numbers, keys });
      const known = { ...book, byKey: new Map(book.byKey) };
      for (const row of good) plan(row, known, { ...run, now: context.now() });
      await write(context, run);
    },
  });
}

const numberOf = (row: AccountRow) => (row.external_id ?? '').trim();
const nameOf = (row: AccountRow) => (row.name ?? '').trim();
/** People may share a name. */
const isSoloRow = (row: AccountRow) => matchKey(row.is_solo ?? '') === '是';

type Known = Book<Account> & { byKey: Map<string, Account> };

function plan(
  { line, account, custom }: Good & { line: number },
  known: Known,
  run: Run & { now: Date },
): void {
  const found = accountFor(account, known);
  const id = account.externalId ?? account.name;
  const problem = 'problem' in found ? found.problem : promiseOf(account, found.before);
  if ('problem' in found || problem)
    return void run.report.rejected.push({ line, id, reasons: [problem ?? ''] });
  const { before } = found;
  const said = { ...newsOf(account, before), ...ownFields(before, custom) };
  const outcome = outcomeOf(before, said);
  tally(run.report, outcome);
  if (outcome === 'unchanged') return;
  if (before) change({ before, said }, known, run);
  else add({ ...account, ...said }, run);
}

/** The administrator's own fields: what the row says, beside what was known. */
const ownFields = (before: Account | null, custom: CustomValues) =>
  Object.keys(custom).length > 0 ? { custom: { ...before?.custom, ...custom } } : {};

type Said = AccountNews & { custom?: Account['custom'] };

function add(said: RowAccount & Said, { mode, place, writes, now }: Run & { now: Date }): void {
  const knownSince = said.knownSince && said.knownSince < now ? said.knownSince : now;
  const { dueOn } = nextDue({ tier: 'unrated', stage: 'suspect', knownSince }, place);
  const { nameKey, _id = '', isSolo: _nature, ...fields } = said;
  const who = nameKey ? { nameKey, ...(_id ? { _id } : {}) } : { _id, isSolo: true as const };
  writes.added.push({ ...fields, ...who, knownSince, dueOn, source: { kind: mode.via, detail: '' } });
  writes.notes.push({ act: 'account.create', subject: `account:${said.name}`, from: null, to: said });
}

function change(
  { before, said }: { before: Account; said: Said },
  known: Known,
  { place, writes }: Run,
): void {
  const { _id: accountId, ownerId } = before;
  const isTaken = said.ownerId !== undefined && said.ownerId !== ownerId;
  const { dueOn } = nextDue({ ...before, ...said }, place);
  const nature = said.nameKey ? { isSolo: false } : {};
  writes.updates.push({ accountId, fields: { ...said, ...nature, dueOn, ...(isTaken ? TAKEN : {}) } });
  writes.notes.push({ act: 'account.edit', subject: `account:${accountId}`, ...fromTo(before, said) });
  if (isTaken && said.ownerId) {
    const moved = { from: ownerId ?? '', to: said.ownerId, why: 'import' };
    writes.owners.push({ accountId, ownerId: said.ownerId, kind: 'owner', ...moved });
  }
  rename({ before, said }, known);
}

/** Later rows find the account by its new name, and not by the old one. */
function rename({ before, said }: { before: Account; said: Said }, { byKey }: Known): void {
  if (!said.nameKey) return;
  if (before.nameKey && before.nameKey !== said.nameKey) byKey.delete(before.nameKey);
  byKey.set(said.nameKey, { ...before, ...said });
}

/** A file does not give away what is promised to an heir. */
function promiseOf({ ownerId, name }: RowAccount, before: Account | null): string | null {
  if (!before || !ownerId || !isPromised(before) || ownerId === before.heirId) return null;
  return `客户“${name}”已确定接手人，正在移交，不能改负责人`;
}

async function write({ accountBook, audit, history, now }: Needs, { mode, writes }: Run): Promise<void> {
  const [added, updates] = [writes.added.splice(0), writes.updates.splice(0)];
  const [notes, owners] = [writes.notes.splice(0), writes.owners.splice(0)];
  if (mode.isDryRun) return;
  const about = { by: mode.by, at: now() };
  await accountBook.updateInTurn(updates);
  await accountBook.addNamed(added);
  await history.append(owners.map((change) => ({ ...change, ...about })));
  await audit.note(notes.map((note) => ({ ...note, ...about })));
}
