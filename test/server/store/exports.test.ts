import { expect, it } from 'vitest';
import { RECORD_SHEETS } from '../../../server/domain/export-records.ts';
import { sheetFor } from '../../../server/domain/export-sheets.ts';
import { aShelf } from '../../support/a-shelf.ts';

const lookup = { accountOf: () => ({ name: '甲公司', externalId: 'C-1' }), timeZone: 'Asia/Shanghai' };

it('every column of a file of records shows a field that its shelf keeps', async () => {
  const { connection, exports } = await aShelf();
  const models = Object.values(connection.models);
  for (const kind of RECORD_SHEETS.keys()) {
    const read: string[] = [];
    const { collection } = connection;
    Object.assign(connection, {
      collection: (name: string) => (read.push(name), collection.call(connection, name)),
    });
    exports.rows(kind);
    Object.assign(connection, { collection });
    const shelf = models.find((each) => read.includes(each.collection.name));
    expect([kind, shelf?.collection.name]).toEqual([kind, expect.any(String)]);
    const paths = Object.keys(shelf?.schema.paths ?? {}).map((path) => path.split('.')[0] ?? '');
    const kept = Object.fromEntries(paths.map((path) => [path, `<${path}>`]));
    const { header, rowsOf } = sheetFor(kind, []);
    const [row = []] = rowsOf(kept, lookup);
    expect(header.filter((_label, index) => !row[index])).toEqual([]);
  }
});
