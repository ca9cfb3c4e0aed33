import { getHeapStatistics } from 'node:v8';
import { CommandError } from '../errors.ts';
import { isDoc } from '../values/bson.ts';

/** What one stage of a query may hold at once: the rest of the heap is for others. MongoDB would use the disk from 100 MB on. */
const MOST_BYTES = Math.max(64 * 2 ** 20, getHeapStatistics().heap_size_limit / 6);

/** What any value takes besides what is in it. */
const VALUE_BYTES = 16;
const OBJECT_BYTES = 64;

/** About how much memory a value takes. */
export function roomOf(value: unknown): number {
  if (typeof value === 'string') return VALUE_BYTES + value.length * 2;
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + roomOf(each), OBJECT_BYTES);
  if (!isDoc(value)) return VALUE_BYTES;
  let sum = OBJECT_BYTES;
  for (const name of Object.keys(value)) sum += VALUE_BYTES + roomOf(value[name]);
  return sum;
}

/** Counts what a stage holds. */
export class Meter {
  private bytes = 0;
  private readonly stage: string;
  private readonly most: number;

  constructor(stage: string, most = MOST_BYTES) {
    this.stage = stage;
    this.most = most;
  }

  /** @throws {CommandError} 292 – that is too much: better one query fails than the process. */
  take(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes <= this.most) return;
    const limit = `${Math.round(this.most / 2 ** 20)} MB`;
    throw new CommandError(
      292,
      `${this.stage} exceeded the memory limit of ${limit}, and the embedded database sorts and groups in memory: ask for less at once (a $match, a limit, fewer fields), or set MONGODB_URI to use MongoDB`,
    );
  }

  give(bytes: number): void {
    this.bytes -= bytes;
  }
}
