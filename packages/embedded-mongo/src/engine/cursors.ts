import { ensure } from '../errors.ts';
import { MAX_DOCUMENT_BYTES } from '../values/bson.ts';
import { Batch } from '../wire/reply.ts';
import { PAUSE_BYTES, Slices } from './pause.ts';

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
  /** Those that somebody is drawing from just now. */
  private readonly drawn = new Set<bigint>();
  private readonly now: () => number;
  private lastId = BigInt(Math.floor(Math.random() * 2 ** 40)) * 4096n;

  /** @param now the time in milliseconds. */
  constructor(now: () => number) {
    this.now = now;
  }

  get size(): number {
    return this.opened.size;
  }

  /** The first batch; the cursor stays open if there is more. A promise where the documents say that it is time to rest. */
  open(opening: Opening): Batch | Promise<Batch> {
    this.lastId += 1n;
    const cursor = {
      namespace: opening.namespace,
      documents: opening.documents[Symbol.iterator](),
      pending: null,
      neverTimesOut: opening.neverTimesOut ?? false,
      usedAt: 0,
    };
    const wanted = { field: 'firstBatch', size: opening.batchSize } as const;
    const batch = this.batchOf(this.lastId, cursor, wanted);
    if (!opening.isSingleBatch) return batch;
    return batch instanceof Promise ? batch.then((each) => this.single(each)) : this.single(batch);
  }

  private single(batch: Batch): Batch {
    this.opened.delete(batch.cursorId);
    return batch.cursorId === 0n ? batch : new Batch({ ...batch, cursorId: 0n });
  }

  /** @throws {CommandError} 43 – there is no such cursor (any more). */
  more(id: bigint, namespace: string, size: number): Batch | Promise<Batch> {
    const cursor = this.opened.get(id);
    ensure(cursor, 43, `cursor id ${id} not found`);
    const message = `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`;
    ensure(cursor.namespace === namespace, 13, message);
    ensure(!this.drawn.has(id), 12051, `cursor id ${id} is already in use`);
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
      if (!cursor.neverTimesOut && !this.drawn.has(id) && this.now() - cursor.usedAt > IDLE_MS)
        this.opened.delete(id);
    }
  }

  private batchOf(
    id: bigint,
    cursor: Cursor,
    wanted: { field: Batch['field']; size: number },
  ): Batch | Promise<Batch> {
    this.opened.delete(id);
    const documents = draw(cursor, wanted.size);
    if (!(documents instanceof Promise)) return this.batch(id, cursor, { ...wanted, documents });
    this.opened.set(id, cursor);
    this.drawn.add(id);
    return documents.then(
      (all) => {
        this.drawn.delete(id);
        ensure(this.opened.delete(id), 237, `cursor id ${id} was killed`);
        return this.batch(id, cursor, { ...wanted, documents: all });
      },
      (error: unknown) => {
        this.drawn.delete(id);
        this.opened.delete(id);
        throw error;
      },
    );
  }

  private batch(
    id: bigint,
    cursor: Cursor,
    { field, documents }: { field: Batch['field']; documents: Buffer[] },
  ): Batch {
    const isDone = cursor.pending === null;
    cursor.usedAt = this.now();
    if (!isDone) this.opened.set(id, cursor);
    return new Batch({ field, cursorId: isDone ? 0n : id, namespace: cursor.namespace, documents });
  }
}

type Drawing = {
  readonly documents: Buffer[];
  bytes: number;
  readonly size: number;
  readonly slices: Slices;
};

/** Up to `size` documents within 16 MB; looks one ahead, so that the last batch closes the cursor. */
function draw(cursor: Cursor, size: number): Buffer[] | Promise<Buffer[]> {
  return goOn(cursor, { documents: [], bytes: 0, size, slices: new Slices() });
}

/** Draws until there is enough, or until it is time to rest. */
function goOn(cursor: Cursor, drawing: Drawing): Buffer[] | Promise<Buffer[]> {
  for (;;) {
    const step = drawStep(cursor, drawing);
    if (step === 'enough') return drawing.documents;
    if (step === 'rest') return drawing.slices.rest().then(() => goOn(cursor, drawing));
  }
}

function drawStep(cursor: Cursor, drawing: Drawing): 'enough' | 'rest' | 'more' {
  const next = cursor.pending ?? drawOne(cursor);
  if (next === PAUSE_BYTES) return 'rest';
  cursor.pending = next;
  if (next === null || isFull(drawing, next)) return 'enough';
  cursor.pending = null;
  drawing.documents.push(next);
  drawing.bytes += next.length;
  return drawing.slices.isOver() ? 'rest' : 'more';
}

const isFull = ({ documents, bytes, size }: Drawing, next: Buffer): boolean =>
  documents.length >= size || (documents.length > 0 && bytes + next.length > MAX_DOCUMENT_BYTES);

const drawOne = (cursor: Pick<Cursor, 'documents'>): Buffer | null => {
  const next = cursor.documents.next();
  return next.done ? null : next.value;
};
