import { ensure } from '../errors.ts';
import { MAX_DOCUMENT_BYTES } from '../values/bson.ts';
import { Batch } from '../wire/reply.ts';

/** A cursor nobody asks for is given up after this. */
const IDLE_MS = 10 * 60_000;

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

/** Cursors that have more to give. */
export class Cursors {
  private readonly opened = new Map<bigint, Cursor>();
  private readonly now: () => number;
  private lastId = BigInt(Math.floor(Math.random() * 2 ** 40)) * 4096n;

  /** @param now the time in milliseconds. */
  constructor(now: () => number) {
    this.now = now;
  }

  get size(): number {
    return this.opened.size;
  }

  /** The first batch; the cursor stays open if there is more. */
  open({ namespace, documents, batchSize, isSingleBatch, neverTimesOut = false }: Opening): Batch {
    this.lastId += 1n;
    const cursor = {
      namespace,
      documents: documents[Symbol.iterator](),
      pending: null,
      neverTimesOut,
      usedAt: 0,
    };
    const batch = this.batchOf(this.lastId, cursor, { field: 'firstBatch', size: batchSize });
    if (!isSingleBatch || batch.cursorId === 0n) return batch;
    this.opened.delete(batch.cursorId);
    return new Batch({ ...batch, cursorId: 0n });
  }

  /** @throws {CommandError} 43 – there is no such cursor (any more). */
  more(id: bigint, namespace: string, size: number): Batch {
    const cursor = this.opened.get(id);
    ensure(cursor, 43, `cursor id ${id} not found`);
    const message = `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`;
    ensure(cursor.namespace === namespace, 13, message);
    return this.batchOf(id, cursor, { field: 'nextBatch', size });
  }

  /** Whether there was such a cursor. */
  kill(id: bigint): boolean {
    return this.opened.delete(id);
  }

  /** Forgets the cursors on a collection that is gone. */
  killAll(namespace: string): void {
    for (const [id, cursor] of this.opened) if (cursor.namespace === namespace) this.opened.delete(id);
  }

  /** Forgets cursors that were left alone too long. */
  sweep(): void {
    for (const [id, cursor] of this.opened) {
      if (!cursor.neverTimesOut && this.now() - cursor.usedAt > IDLE_MS) this.opened.delete(id);
    }
  }

  private batchOf(id: bigint, cursor: Cursor, wanted: { field: Batch['field']; size: number }): Batch {
    const documents = draw(cursor, wanted.size);
    const isDone = cursor.pending === null;
    cursor.usedAt = this.now();
    if (isDone) this.opened.delete(id);
    else this.opened.set(id, cursor);
    return new Batch({
      field: wanted.field,
      cursorId: isDone ? 0n : id,
      namespace: cursor.namespace,
      documents,
    });
  }
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
