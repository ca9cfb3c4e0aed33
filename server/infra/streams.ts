/**
 * Does `work` on each item, so many at once. The first failure stops the rest: nothing new is begun, what is under way is
 * waited for, and the failure is thrown.
 */
export async function eachAtOnce<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  lanes: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const source = inTurn(items);
  const failures: unknown[] = [];
  const lane = async () => {
    for await (const item of { [Symbol.asyncIterator]: () => ({ next: () => source.next() }) }) {
      if (failures.length > 0) return;
      await work(item);
    }
  };
  const failing = (error: unknown) => void failures.push(error);
  await Promise.all(Array.from({ length: lanes }, () => lane().catch(failing)));
  await source.return(undefined);
  if (failures.length > 0) throw failures[0];
}

/** Asks for the next item while the present one is being worked on. */
export async function* readAhead<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  const source = items[Symbol.asyncIterator]();
  let coming = source.next();
  try {
    for (;;) {
      const { done, value } = await coming;
      if (done) return;
      coming = source.next();
      coming.catch(() => undefined); // told when it is waited for
      yield value;
    }
  } finally {
    await source.return?.();
  }
}

/** A generator hands out items one after the other, however many ask at once; a database cursor does not. */
async function* inTurn<Item>(items: AsyncIterable<Item> | Iterable<Item>): AsyncGenerator<Item, undefined> {
  yield* items;
  return undefined;
}

/** The items so many at a time, the last batch shorter. */
export async function* batchesOf<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  size: number,
): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/**
 * Does `work` for all of `items` at once; where that is refused because of one of them, for each half, until only those are left
 * that are refused by themselves.
 *
 * @returns those, each with its refusal. @throws what is no refusal of a part
 */
export async function halveRefused<Item>(
  items: readonly Item[],
  work: (items: readonly Item[]) => Promise<unknown>,
  isOfPart: (error: unknown) => boolean,
): Promise<{ item: Item; error: unknown }[]> {
  try {
    await work(items);
    return [];
  } catch (error) {
    const [only] = items;
    if (only === undefined || !isOfPart(error)) throw error;
    if (items.length === 1) return [{ item: only, error }];
    const middle = Math.ceil(items.length / 2);
    const left = await halveRefused(items.slice(0, middle), work, isOfPart);
    return [...left, ...(await halveRefused(items.slice(middle), work, isOfPart))];
  }
}
