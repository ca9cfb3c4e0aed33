import { ACCOUNT_COLUMNS } from './account.ts';
import { startOfDay } from '../calendar.ts';
import { column, type Columns, type Holds } from '../imports/column.ts';
import { customProblems, type CustomField, type CustomValues } from './custom-field.ts';
import { damageOf, damageProblems } from '../imports/damage.ts';
import { matchKey, numberKey } from '../match-key.ts';
import { ownerCell, type Members } from '../imports/owner-cell.ts';
import { cellsOf, choiceCell, dayCell, readOr, type Names, type Read } from '../imports/row-cells.ts';

/** One row of an account import, as texts; a field of the administrator's own stands under `custom.` and its key. */
export type AccountRow = Partial<Record<keyof typeof ACCOUNT_COLUMNS | `custom.${string}`, string>>;

/** What a row says of an account; an empty cell says nothing. */
export type RowAccount = {
  _id?: string; // our own id, as an export has it
  name: string;
  nameKey?: string; // absent for an account of one person
  isSolo?: true;
  knownSince?: Date;
  deputyId?: string;
  externalId?: string;
  externalKey?: string; // numberKey(externalId), where that is another spelling
  industry?: string;
  region?: string;
  size?: string;
  ownerId?: string;
};

/** The columns that a file of accounts may have: the built-in ones, and the administrator's own by their labels. */
export const accountColumns = (fields: readonly CustomField[]): Columns => ({
  ...ACCOUNT_COLUMNS,
  ...Object.fromEntries(fields.map(({ key, label, kind }) => [`custom.${key}`, column(HOLDS[kind], label)])),
});

const HOLDS: Record<CustomField['kind'], Holds> = {
  text: 'text',
  choice: 'text',
  number: 'number',
  date: 'day',
};

/** Whom and what a row may name: members, and the administrator's own fields. */
export type AccountRules = { members: Members; fields: readonly CustomField[]; timeZone: string };

/** Reads one row; every problem is named, so that one round of mending is enough. */
export function readAccount(
  row: AccountRow,
  { members, fields, timeZone }: AccountRules,
): Read<{ account: RowAccount; custom: CustomValues }> {
  const problems = damageProblems(row, ACCOUNT_COLUMNS);
  const text = cellsOf(row);
  const name = text('name');
  const number = text('external_id');
  if (!name) problems.push('缺少客户名称');
  const filled = {
    externalId: number,
    externalKey: numberKey(number) === number ? '' : numberKey(number),
    industry: text('industry'),
    region: text('region'),
    size: text('size'),
    ownerId: ownerCell({ text: text('owner'), members }, problems),
    deputyId: ownerCell({ text: text('deputy'), members, label: ACCOUNT_COLUMNS.deputy.label }, problems),
  };
  const nature = natureOf(row, problems);
  const known = knownSinceOf(text('known_since'), timeZone, problems);
  const custom = customOf(row, fields, problems);
  const said = Object.fromEntries(Object.entries(filled).filter(([, value]) => value));
  const key = nature.isSolo ? {} : { nameKey: matchKey(name) };
  return readOr({ account: { ...said, ...nature, ...known, name, ...key }, custom }, problems);
}

/** Our own id, and whether the account is of one person, whose id stands in it. */
function natureOf(row: AccountRow, problems: string[]): Pick<RowAccount, '_id' | 'isSolo'> {
  const text = cellsOf(row);
  const id = text('id');
  const isSolo = choiceCell(
    { text: text('is_solo'), label: ACCOUNT_COLUMNS.is_solo.label, names: YES_NO },
    problems,
  );
  if (id && !/^[\w-]{1,100}$/.test(id)) problems.push(`系统编号“${id}”不是本系统导出的编号，请留空`);
  if (isSolo === 'true' && !id.startsWith('solo-'))
    problems.push('个人客户要写导出时的系统编号（以 solo- 开头）');
  return { ...(id ? { _id: id } : {}), ...(isSolo === 'true' ? { isSolo: true } : {}) };
}

const YES_NO: Names<'true' | 'false'> = [
  ['是', 'true'],
  ['否', 'false'],
];

/** A day, or a moment as an export has it (`2026-03-11 10:00:00` in the corp's time). */
function knownSinceOf(text: string, timeZone: string, problems: string[]): Pick<RowAccount, 'knownSince'> {
  if (!text) return {};
  const [date = '', time = ''] = text.split(/[ T](?=\d{1,2}:\d{2}(?::\d{2})?$)/);
  const day = dayCell({ text: date, label: ACCOUNT_COLUMNS.known_since.label }, problems);
  return day ? { knownSince: new Date(startOfDay(day, timeZone).getTime() + sinceMidnightMs(time)) } : {};
}

function sinceMidnightMs(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

function customOf(row: AccountRow, fields: readonly CustomField[], problems: string[]): CustomValues {
  const text = cellsOf(row);
  const said = fields.filter(({ key }) => text(`custom.${key}`));
  for (const { key, kind, label } of said) {
    const damage = damageOf(text(`custom.${key}`), HOLDS[kind]);
    if (damage) problems.push(`${label}“${text(`custom.${key}`)}”${damage}`);
  }
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
