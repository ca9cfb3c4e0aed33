import { headerKey, type Column, type Columns } from './column.ts';

/** A column of a file that we take: where it stands (from 0), by which name, in which unit. */
export type Place = { at: number; field: string; title: string; unit: '' | '万' };

/** A column that is left out, and our names of the columns that it resembles. */
export type UnknownColumn = { title: string; near: readonly string[] };

/** What the first rows of a file say of its columns. `row`: the place of the header's last row among them. */
export type Header = {
  row: number;
  titles: readonly string[];
  places: readonly Place[];
  unknown: readonly UnknownColumn[];
};

/** `map`: what the user says of headers, by `headerKey`: our name, or '' for a column to leave out. */
export type HeaderSpec = { columns: Columns; map: ReadonlyMap<string, string> };

/** How sure a header means a field: the user said so, it is one of its words, or it stands for it where nothing better does. */
const SURE = { mapped: 0, word: 1, instead: 2 } as const;
type Claim = { field: string; sure: number };

/** A title row, filters and a page number may stand above the header. */
const LAST_HEADER_ROW = 20;

/** The column of reasons in a file of rejected rows; it says nothing when the file is imported again. */
export const REASONS_LABEL = '拒绝原因';

/** All words for columns, by `headerKey`; an earlier meaning wins. */
export function wordsOf(columns: Columns): Map<string, Claim> {
  const words = new Map<string, Claim>();
  const add = (sure: number, wordsFor: (column: Column, field: string) => readonly string[]) => {
    for (const [field, column] of Object.entries(columns))
      for (const word of wordsFor(column, field)) {
        const { key } = headerKey(word);
        if (!words.has(key)) words.set(key, { field, sure });
      }
  };
  add(SURE.word, ({ label }, field) => [field, label]);
  add(SURE.word, ({ also }) => also);
  add(SURE.instead, ({ instead }) => instead);
  return words;
}

/** Finds the header among the first rows of a file, also below a title, and in two rows with merged cells. A problem is for people. */
export function headerOf(
  sample: readonly (readonly string[])[],
  { columns, map }: HeaderSpec,
): Header | { problem: string } {
  const words = wordsOf(columns);
  const claimOf = (title: string): Claim | null => {
    const { key } = headerKey(title);
    const said = map.get(key);
    return said === undefined ? (words.get(key) ?? null) : { field: said, sure: SURE.mapped };
  };
  const best = bestOf(sample.slice(0, LAST_HEADER_ROW), (title) => claimOf(title)?.field ?? '');
  if (!best) {
    const known = Object.values(columns).map(({ label }) => label);
    return {
      problem: `没有认得的列（认得：${known.join('、')}）。列名不同的，请加 --map '文件中的列名=${known[0]}'；若显示为乱码，请加 --encoding`,
    };
  }
  const read = readTitles(best.titles, { columns, claimOf });
  return read.problems.length > 0 ? { problem: read.problems.join('\n') } : { row: best.row, ...read };
}

type Titles = { row: number; titles: readonly string[]; known: number };

/** The rows, or pairs of them, that name most columns; the first of equals, one row rather than two. */
function bestOf(sample: readonly (readonly string[])[], fieldOf: (title: string) => string): Titles | null {
  const known = (titles: readonly string[]) => new Set(titles.map(fieldOf).filter(Boolean)).size;
  const single = sample.map((titles, row) => ({ row, titles, known: known(titles) }));
  const double = sample.slice(1).map((below, at) => {
    const titles = joined(sample[at] ?? [], below, fieldOf);
    return { row: at + 1, titles, known: known(titles) };
  });
  const best = [...single, ...double].reduce((a, b) => (b.known > a.known ? b : a), NONE);
  return best.known > 0 ? best : null;
}

const NONE: Titles = { row: 0, titles: [], known: 0 };

/** One title of two merged rows: 客户 above 编号 and 名称 is 客户编号 and 客户名称; a lower word counts alone where it stands once. */
function joined(
  above: readonly string[],
  below: readonly string[],
  fieldOf: (title: string) => string,
): string[] {
  let group = '';
  return Array.from({ length: Math.max(above.length, below.length) }, (_, at) => {
    const [upper, lower] = [(above[at] ?? '').trim(), (below[at] ?? '').trim()];
    if (upper) group = upper;
    if (!lower) return upper;
    const both = `${group}${lower}`;
    const isAlone = below.filter((each) => each.trim() === lower).length === 1;
    return !fieldOf(both) && fieldOf(lower) && isAlone ? lower : both;
  });
}

type Titled = { at: number; title: string; key: string; unit: '' | '万'; claim: Claim | null };

function readTitles(
  titles: readonly string[],
  { columns, claimOf }: { columns: Columns; claimOf: (title: string) => Claim | null },
) {
  const named = titles
    .map((title, at): Titled => ({ at, title: plain(title), ...headerKey(title), claim: claimOf(title) }))
    .filter(({ title }) => title && title !== REASONS_LABEL);
  const places: Place[] = [];
  const problems: string[] = [];
  for (const [field, { label }] of Object.entries(columns)) {
    const claims = named.filter(({ claim }) => claim?.field === field);
    const best = claims.filter(
      ({ claim }) => claim?.sure === Math.min(...claims.map((each) => each.claim?.sure ?? 0)),
    );
    const [first, second] = best;
    if (second)
      problems.push(
        twiceText(
          best.map(({ title }) => title),
          label,
        ),
      );
    else if (first) places.push({ at: first.at, field, title: first.title, unit: first.unit });
  }
  const left = named.filter(
    ({ at, claim }) => claim?.field !== '' && !places.some((place) => place.at === at),
  );
  const unknown = left.map(({ title, key, claim }) => ({
    title,
    near: claim ? [claim.field] : nearOf(key, columns),
  }));
  const missing = (field: string) => !places.some((place) => place.field === field);
  const asked = problems.length > 0 ? [] : unknown.filter(({ near }) => near.some(missing));
  problems.push(...asked.map(({ title, near }) => questionText(title, near.filter(missing), columns)));
  return { titles: titles.map(plain), places, unknown, problems };
}

const plain = (title: string) => title.replaceAll(/\s+/g, ' ').trim();

/** The columns that a header may mean. */
const nearOf = (key: string, columns: Columns): string[] =>
  Object.entries(columns).flatMap(([field, { near }]) =>
    near.some((word) => key.includes(headerKey(word).key)) ? [field] : [],
  );

/** How a user says what a header means. */
export const mapHint = (title: string, field: string): string => `--map '${title}=${field}'`;

function twiceText(titles: readonly string[], label: string): string {
  const [first = '', ...others] = titles;
  const listed = titles.map((title) => `“${title}”`).join('和');
  const cure = others.every((each) => each !== first)
    ? `不要的一列请加 ${mapHint(others[0] ?? '', '')}`
    : '请把其中一列删去或改名';
  return `列${listed}都表示“${label}”，只能取一列：${cure}`;
}

function questionText(title: string, near: readonly string[], columns: Columns): string {
  const labels = near.map((field) => `“${columns[field]?.label ?? field}”`).join('或');
  const yes = near.map((field) => mapHint(title, field)).join(' 或 ');
  return `列“${title}”像是${labels}，但不能确定：是，请加 ${yes}；不是，请加 ${mapHint(title, '')}（不导入这一列）`;
}
