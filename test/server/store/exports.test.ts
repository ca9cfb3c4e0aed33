import { expect, it } from 'vitest';
import { RECORD_SHEETS } from '../../../server/domain/exports/export-records.ts';
import { sheetFor } from '../../../server/domain/exports/export-sheets.ts';
import { aShelf } from '../../support/a-shelf.ts';

const lookup = {
  accountOf: (id: string | null) => ({ name: id ? `name of ${id}` : '', externalId: 'C-1' }),
  timeZone: 'Asia/Shanghai',
};
type Shelf = Awaited<ReturnType<typeof aShelf>>;

/** The paths of all fields that the shelf of a kind keeps; a field that is free has no paths inside. */
function fieldsOf({ connection, exports }: Shelf, kind: string): string[] {
  const read: string[] = [];
  const { collection } = connection;
  Object.assign(connection, {
    collection: (name: string) => (read.push(name), collection.call(connection, name)),
  });
  exports.rows(kind);
  Object.assign(connection, { collection });
  const model = Object.values(connection.models).find((each) => read.includes(each.collection.name));
  expect([kind, model?.collection.name]).toEqual([kind, expect.any(String)]);
  const paths = Object.keys(model?.schema.paths ?? {}).filter((path) => path !== '__v');
  return paths.flatMap((path) => (path === 'closure' ? CLOSURE : [path]));
}
const CLOSURE = ['closure.at', 'closure.by', 'closure.cause', 'closure.action'];

/** A kept thing whose every field holds its own path. */
function keptOf(paths: readonly string[]): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const path of paths) {
    const [name = '', ...inside] = path.split('.');
    const before = typeof kept[name] === 'object' ? kept[name] : {};
    kept[name] = inside.length > 0 ? { ...before, [inside.join('.')]: `<${path}>` } : `<${path}>`;
  }
  return kept;
}

it('every column of a file of records shows a field that its shelf keeps', async () => {
  const shelf = await aShelf();
  for (const kind of RECORD_SHEETS.keys()) {
    const { header, rowsOf } = sheetFor(kind, []);
    const [row = []] = rowsOf(keptOf(fieldsOf(shelf, kind)), lookup);
    expect([kind, header.filter((_label, index) => !row[index])]).toEqual([kind, []]);
  }
});

/** What the file of each kind leaves out: bookkeeping that tells nobody anything. */
const LEFT_OUT = {
  'follow-ups': [],
  promises: [],
  tasks: ['untold'],
  questions: [],
  answers: ['bandAt', 'respondent', 'corrections', 'version'],
};

it.each(Object.entries(LEFT_OUT))('the file of %s leaves out nothing but %j', async (kind, leftOut) => {
  const paths = fieldsOf(await aShelf(), kind);
  const [row = []] = sheetFor(kind, []).rowsOf(keptOf(paths), lookup);
  const shown = row.join(' ');
  expect(paths.filter((path) => !shown.includes(`<${path}>`))).toEqual(leftOut);
});

it('tells of a follow-up whether it was a touch', () => {
  const { header, rowsOf } = sheetFor('follow-ups', []);
  const touches = [true, false].map((isTouch) => rowsOf({ isTouch }, lookup)[0]?.[header.indexOf('触达')]);
  expect(touches).toEqual(['是', '否']);
});
