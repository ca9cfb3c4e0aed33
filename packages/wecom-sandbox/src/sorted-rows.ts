/** The place of the first row whose key is not smaller than `key`, by halving; `rows` are in key order. */
export function placeOf<Row>(rows: readonly Row[], keyOf: (row: Row) => string, key: string): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && keyOf(row) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts a row where its key belongs. */
export function insertRow<Row>(rows: Row[], keyOf: (row: Row) => string, row: Row): void {
  rows.splice(placeOf(rows, keyOf, keyOf(row)), 0, row);
}

/** Takes this very row out, if it is there. */
export function removeRow<Row>(rows: Row[], keyOf: (row: Row) => string, row: Row): void {
  const place = placeOf(rows, keyOf, keyOf(row));
  if (rows[place] === row) rows.splice(place, 1);
}

/** Rows whose key comes after `key`, without a walk through those before. */
export function* rowsAfter<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  key: string,
): Generator<Row> {
  const start = placeOf(rows, keyOf, key);
  for (let place = start; place < rows.length; place += 1) {
    const row = rows[place];
    if (row !== undefined && keyOf(row) !== key) yield row;
  }
}
