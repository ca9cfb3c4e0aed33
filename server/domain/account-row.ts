import { ACCOUNT_COLUMNS } from './account.ts';
import { matchKey } from './match-key.ts';
import { customProblems, type CustomField, type CustomValues } from './custom-field.ts';
import { cellsOf, dayCell, readOr, type Read } from './row-cells.ts';

/** One row of an account import, as texts; a field of the administrator's own stands under `custom.` and its key. */
export type AccountRow = Partial<Record<keyof typeof ACCOUNT_COLUMNS | `custom.${string}`, string>>;

/** What a row says of an account; an empty cell says nothing. */
export type RowAccount = {
  name: string;
  nameKey: string;
  externalId?: string;
  industry?: string;
  region?: string;
  size?: string;
  ownerId?: string;
};

/** The columns that a file of accounts may have: the built-in ones, and the administrator's own by their labels. */
export const accountColumns = (fields: readonly CustomField[]): Record<string, string> => ({
  ...ACCOUNT_COLUMNS,
  ...Object.fromEntries(fields.map(({ key, label }) => [`custom.${key}`, label])),
});

/** Whom and what a row may name: members by userid, and the administrator's own fields. */
export type AccountRules = { staffIds: ReadonlySet<string>; fields: readonly CustomField[] };

/** Reads one row; every problem is named, so that one round of mending is enough. */
export function readAccount(
  row: AccountRow,
  { staffIds, fields }: AccountRules,
): Read<{ account: RowAccount; custom: CustomValues }> {
  const text = cellsOf(row);
  const name = text('name');
  const filled = {
    externalId: text('external_id'),
    industry: text('industry'),
    region: text('region'),
    size: text('size'),
    ownerId: text('owner'),
  };
  const problems: string[] = [];
  if (!name) problems.push('缺少客户名称');
  if (filled.ownerId && !staffIds.has(filled.ownerId))
    problems.push(`负责人“${filled.ownerId}”不是已同步的成员（应填 userid）`);
  const custom = customOf(row, fields, problems);
  const said = Object.fromEntries(Object.entries(filled).filter(([, value]) => value));
  return readOr({ account: { ...said, name, nameKey: matchKey(name) }, custom }, problems);
}

function customOf(row: AccountRow, fields: readonly CustomField[], problems: string[]): CustomValues {
  const text = cellsOf(row);
  const said = fields.filter(({ key }) => text(`custom.${key}`));
  const values = Object.fromEntries(
    said.map(({ key, kind, label }) => [key, VALUES[kind](text(`custom.${key}`), label)]),
  );
  problems.push(...customProblems(said, values).map(({ message }) => message));
  problems.push(...unknownOf(row, fields).map((key) => `没有自定义字段“${key}”`));
  return values;
}

/** Fields that no administrator has made; files never have such, machines may. */
const unknownOf = (row: AccountRow, fields: readonly CustomField[]): string[] =>
  Object.keys(row)
    .filter((name) => name.startsWith('custom.'))
    .map((name) => name.slice('custom.'.length))
    .filter((name) => !fields.some(({ key }) => key === name));

/** Texts as values; what is no value stays a text, and is told as a problem. */
const VALUES: Record<CustomField['kind'], (text: string, label: string) => string | number> = {
  text: (text) => text,
  choice: (text) => text,
  number: (text) =>
    Number.isFinite(Number(text.replaceAll(',', ''))) ? Number(text.replaceAll(',', '')) : text,
  date: (text, label) => dayCell({ text, label }, []) || text,
};
