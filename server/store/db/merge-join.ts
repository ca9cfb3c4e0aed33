type OfAccount = { accountId: string };

/** Rows that ascend by account, gathered account by account. */
export async function* gathered<Row extends OfAccount>(
  rows: AsyncIterable<Row>,
): AsyncGenerator<{ accountId: string; rows: Row[] }> {
  let held: Row[] = [];
  for await (const row of rows) {
    const first = held[0];
    if (first && first.accountId !== row.accountId) {
      yield { accountId: first.accountId, rows: held };
      held = [];
    }
    held.push(row);
  }
  const first = held[0];
  if (first) yield { accountId: first.accountId, rows: held };
}

/** One source that is read beside others; both ascend by account id, so that neither is ever held whole. */
export type MergeJoin<Row> = {
  /** What the source has of the account, if anything; ids are asked for in ascending order. */
  take: (accountId: string) => Promise<Row | null>;
  close: () => Promise<void>;
};

/** Begins to read `rows`, at most one of each account, ascending by its id. */
export function mergeJoin<Row extends OfAccount>(rows: AsyncIterable<Row>): MergeJoin<Row> {
  const source = rows[Symbol.asyncIterator]();
  const read = async () => {
    const { done, value } = await source.next();
    return done ? null : value;
  };
  let next: Row | null | undefined; // undefined: not read yet; null: there is no more
  return {
    async take(accountId) {
      if (next === undefined) next = await read();
      while (next && next.accountId < accountId) next = await read();
      return next?.accountId === accountId ? next : null;
    },
    async close() {
      await source.return?.();
    },
  };
}
