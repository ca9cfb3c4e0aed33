import type { Connection, mongo } from 'mongoose';

/** What a migration may ask of the installation. */
export type Place = { timeZone: string };

/**
 * One change of what is kept. `number`: its place in the order, never given twice. Carrying it out may be repeated, for a process
 * may end in the midst of it, and holds only a batch at a time, for a book may be large.
 */
export type Migration = {
  number: number;
  name: string;
  carryOut: (db: Connection, place: Place) => Promise<void>;
};

/** Any document of ours; its fields are named where they are read. */
export type Row = { _id: string };
export type Shelf = mongo.Collection<Row>;

const AT_ONCE = 500;

/** The documents that `filter` names with these fields of theirs, batch after batch, ascending by id. */
export async function* inBatches<Kept extends Row>(
  shelf: Shelf,
  { filter = {}, fields }: { filter?: mongo.Filter<Row>; fields: readonly string[] },
): AsyncGenerator<Kept[]> {
  const projection = Object.fromEntries(['_id', ...fields].map((field) => [field, 1]));
  for (let last = ''; ;) {
    const batch = await shelf
      .find({ ...filter, _id: { $gt: last } })
      .project<Kept>(projection)
      .sort({ _id: 1 })
      .limit(AT_ONCE)
      .toArray();
    const end = batch.at(-1);
    if (!end) return;
    yield batch;
    last = end._id;
  }
}

/** Sets fields, each document its own; those that have none to be set stay as they are. */
export async function setEach<Kept extends Row>(
  shelf: Shelf,
  rows: readonly Kept[],
  fieldsOf: (row: Kept) => object,
): Promise<void> {
  const updates = rows.flatMap((row) => {
    const fields = fieldsOf(row);
    if (Object.keys(fields).length === 0) return [];
    return [{ updateOne: { filter: { _id: row._id }, update: { $set: fields } } }];
  });
  if (updates.length > 0) await shelf.bulkWrite(updates, { ordered: false });
}

/** Gives documents that lack one of these fields the value that its absence meant. */
export async function fillAbsent(shelf: Shelf, values: Record<string, unknown>): Promise<void> {
  const names = Object.keys(values);
  const filter = { $or: names.map((name) => ({ [name]: { $exists: false } })) };
  const absentIn = (row: Row) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !(name in row)));
  for await (const rows of inBatches(shelf, { filter, fields: names })) await setEach(shelf, rows, absentIn);
}
