import type { Context } from '../../context.ts';
import { companyKey, type ACCOUNT_COLUMNS } from '../../domain/account.ts';
import { nextDue, type Place } from '../../domain/cadence.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'accounts' | 'staff' | 'settings' | 'site' | 'now'>;

/** One row of an import, as texts; see contract.md "Import files". */
export type AccountRow = Partial<Record<keyof typeof ACCOUNT_COLUMNS, string>>;
export type NumberedAccountRow = { line: number; values: AccountRow };

/** What an import did; rejected rows name every reason. */
export type ImportReport = { imported: number; rejected: { line: number; id: string; reasons: string[] }[] };

/**
 * Keeps the customers of a file: found by number, else by name, else made. Empty cells change nothing. Good rows go in, bad
 * ones are reported; a repeated import changes nothing.
 */
export async function importAccounts(
  context: Needs,
  rows: AsyncIterable<NumberedAccountRow>,
): Promise<ImportReport> {
  const staffIds = new Set((await context.staff.all()).map(({ _id }) => _id));
  const report: ImportReport = { imported: 0, rejected: [] };
  const lines = new Map<string, number>();
  const place = { timeZone: context.site.timeZone, ...(await context.settings.read()) };
  for await (const { line, values } of rows) {
    const row = trimmed(values);
    const reasons = [...problemsOf(row, staffIds), ...repetitionOf(row, lines)];
    if (reasons.length === 0) reasons.push(...(await keepRow(context, row, place)));
    if (reasons.length === 0) {
      report.imported += 1;
      if (row.external_id) lines.set(row.external_id, line);
    } else report.rejected.push({ line, id: row.external_id || row.name, reasons });
  }
  return report;
}

type Row = Required<AccountRow>;

function trimmed(values: AccountRow): Row {
  const text = (field: keyof AccountRow) => (values[field] ?? '').trim();
  return {
    external_id: text('external_id'),
    name: text('name'),
    industry: text('industry'),
    region: text('region'),
    size: text('size'),
    owner: text('owner'),
  };
}

function problemsOf(row: Row, staffIds: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  if (!row.name) problems.push('缺少客户名称');
  if (row.owner && !staffIds.has(row.owner))
    problems.push(`负责人“${row.owner}”不是已同步的成员（应填 userid）`);
  return problems;
}

/** A number that stands twice would let the later row silently overwrite the earlier one. */
function repetitionOf({ external_id: number }: Row, lines: ReadonlyMap<string, number>): string[] {
  const line = lines.get(number);
  return line ? [`客户编号与第 ${line} 行重复`] : [];
}

async function keepRow({ accounts, now }: Needs, row: Row, place: Place): Promise<string[]> {
  const nameKey = companyKey(row.name);
  const byNumber = row.external_id ? await accounts.findByExternalId(row.external_id) : null;
  const byName = await accounts.findByKey(nameKey);
  const conflict = conflictOf(row, byNumber, byName);
  if (conflict) return [conflict];
  const known = byNumber ?? byName;
  const account = known ?? (await accounts.findOrCreate(nameKey, { name: row.name, knownSince: now() }));
  const dueOn = nextDue(account, place).dueOn;
  await accounts.update(account._id, { ...fieldsOf(row), name: row.name, nameKey, dueOn });
  return [];
}

function conflictOf(row: Row, byNumber: Account | null, byName: Account | null): string | null {
  if (byNumber) return byName && byName._id !== byNumber._id ? `名称“${row.name}”已属于另一客户` : null;
  const number = byName?.externalId;
  return number && row.external_id ? `客户“${row.name}”的编号已是 ${number}` : null;
}

function fieldsOf({
  external_id: externalId,
  industry,
  region,
  size,
  owner: ownerId,
}: Row): Partial<Account> {
  const filled = Object.entries({ externalId, industry, region, size, ownerId }).filter(([, value]) => value);
  return Object.fromEntries(filled);
}
