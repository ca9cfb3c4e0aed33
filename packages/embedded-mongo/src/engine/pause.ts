import { performance } from 'node:perf_hooks';
import { Kept } from '../storage/kept.ts';
import type { Doc } from '../values/bson.ts';

/** So long a query may hold the thread before others get their turn. */
const SLICE_MS = 10;

/**
 * Stand between documents and say that it is time to rest. Stages hand them on without a look, and who draws the last documents
 * of a query rests. So a stage that needs all its input before its first answer rests in the middle of it.
 */
export const PAUSE = new Kept(0, Buffer.alloc(0));
export const PAUSE_DOC: Doc = Object.freeze({});
export const PAUSE_BYTES = Buffer.alloc(0);

/** Whether something that was drawn is no document but says that it is time to rest. */
export const isPause = (item: unknown): boolean =>
  item === PAUSE || item === PAUSE_DOC || item === PAUSE_BYTES;

/** Measures the slices of one query. */
export class Slices {
  private readonly ms: number;
  private until: number;

  /** @param ms how long a slice is. */
  constructor(ms: number = SLICE_MS) {
    this.ms = ms;
    this.until = performance.now() + ms;
  }

  /** Begins a slice now. */
  begin(): void {
    this.until = performance.now() + this.ms;
  }

  /** Whether the query held the thread long enough; then a new slice begins. */
  isOver(): boolean {
    const now = performance.now();
    if (now < this.until) return false;
    this.until = now + this.ms;
    return true;
  }

  /** Lets others have their turn. */
  async rest(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.begin();
  }
}

/** Draws all items and rests when it is time; `take` gets everything else. */
export async function drawAll<Item>(items: Iterable<Item>, take: (item: Item) => void): Promise<void> {
  const slices = new Slices();
  for (const item of items) {
    if (isPause(item)) await slices.rest();
    else take(item);
  }
}
