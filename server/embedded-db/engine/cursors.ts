import { CommandError } from '../errors.ts';
import { MAX_DOCUMENT_BYTES } from '../values/bson.ts';
import { Batch } from '../wire/reply.ts';

/** A cursor nobody asks for is given up after this. */
const IDLE_MS = 10 * 60_000;

/** Cursors that have more to give. */
export type Cursors = ReturnType<typeof createCursors>;

type Cursor = {
  readonly namespace: string;
  readonly documents: Iterator<Buffer>;
  /** Drawn from `documents` already, but without room in the last batch. */
  pending: Buffer | null;
  readonly neverTimesOut: boolean;
  usedAt: number;
};

/** How a cursor is opened. */
export type Opening = {
  readonly namespace: string;
  readonly documents: Iterable<Buffer>;
  readonly batchSize: number;
  readonly isSingleBatch: boolean;
  readonly neverTimesOut?: boolean;
};

/** @param now the time in milliseconds. */
export function createCursors(now: () => number) {
  const open = new Map<bigint, Cursor>();
  let lastId = BigInt(Math.floor(Math.random() * 2 ** 40)) * 4096n;

  function batchOf(id: bigint, cursor: Cursor, wanted: { field: Batch['field']; size: number }): Batch {
    const documents = draw(cursor, wanted.size);
    cursor.usedAt = now();
    const isDone = cursor.pending === null;
    if (isDone) open.delete(id);
    else open.set(id, cursor);
    return new Batch({
      field: wanted.field,
      cursorId: isDone ? 0n : id,
      namespace: cursor.namespace,
      documents,
    });
  }

  function take(id: bigint, namespace: string): Cursor {
    const cursor = open.get(id);
    if (!cursor) throw new CommandError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new CommandError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    return cursor;
  }

  return {
    /** The first batch; the cursor stays open if there is more. */
    open({ namespace, documents, batchSize, isSingleBatch, neverTimesOut = false }: Opening): Batch {
      lastId += 1n;
      const cursor: Cursor = {
        namespace,
        documents: documents[Symbol.iterator](),
        pending: null,
        neverTimesOut,
        usedAt: now(),
      };
      if (batchSize === 0 && !isSingleBatch) cursor.pending = drawOne(cursor);
      const batch = batchOf(lastId, cursor, { field: 'firstBatch', size: batchSize });
      if (!isSingleBatch || batch.cursorId === 0n) return batch;
      open.delete(batch.cursorId);
      return new Batch({ ...batch, cursorId: 0n });
    },
    /** @throws {CommandError} 43 – there is no such cursor (any more). */
    more: (id: bigint, namespace: string, size: number): Batch =>
      batchOf(id, take(id, namespace), { field: 'nextBatch', size }),
    /** Whether there was such a cursor. */
    kill: (id: bigint): boolean => open.delete(id),
    /** Forgets the cursors on a collection that is gone. */
    killAll(namespace: string): void {
      for (const [id, cursor] of open) if (cursor.namespace === namespace) open.delete(id);
    },
    /** Forgets cursors that were left alone too long. */
    sweep(): void {
      for (const [id, cursor] of open) {
        if (!cursor.neverTimesOut && now() - cursor.usedAt > IDLE_MS) open.delete(id);
      }
    },
    get size(): number {
      return open.size;
    },
  };
}

const drawOne = (cursor: Pick<Cursor, 'documents'>): Buffer | null => {
  const next = cursor.documents.next();
  return next.done ? null : next.value;
};

/** Up to `size` documents within 16 MB; looks one ahead, so that the last batch closes the cursor. */
function draw(cursor: Cursor, size: number): Buffer[] {
  const documents: Buffer[] = [];
  let bytes = 0;
  let next = cursor.pending ?? drawOne(cursor);
  while (
    next &&
    documents.length < size &&
    (documents.length === 0 || bytes + next.length <= MAX_DOCUMENT_BYTES)
  ) {
    documents.push(next);
    bytes += next.length;
    next = drawOne(cursor);
  }
  cursor.pending = next;
  return documents;
}
