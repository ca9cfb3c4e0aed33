import { Binary, ObjectId, isDoc } from './bson.ts';
import type { Doc } from './bson.ts';
import { EMPTY_ARRAY, RANK, rankOf } from './types.ts';

/**
 * Bytes whose order is the order of the values, so that LMDB's sorted keys are a sorted index.
 * Every encoding ends itself and is followed by a byte below 0xFF, so `key + 0xFF` is just past everything that starts with `key`.
 */
export class KeyWriter {
  private buffer = Buffer.allocUnsafe(256);
  private length = 0;

  /** The bytes written since the last call, as a copy; the writer is empty again. */
  take(): Buffer {
    const key = Buffer.from(this.buffer.subarray(0, this.length));
    this.length = 0;
    return key;
  }

  /** Forgets what an encoding that failed half-way left behind. */
  clear(): this {
    this.length = 0;
    return this;
  }

  byte(value: number): this {
    this.reserve(1);
    this.buffer[this.length] = value;
    this.length += 1;
    return this;
  }

  /** One value with its type; `undefined` counts as null, as in MongoDB's indexes. */
  value(value: unknown, isDescending = false): this {
    const start = this.length;
    this.byte(typeByte(value));
    this.payload(value);
    if (isDescending) this.invert(start);
    return this;
  }

  private payload(value: unknown): void {
    if (typeof value === 'string') this.text(value);
    else if (typeof value === 'number') this.number(value);
    else if (typeof value === 'boolean') this.byte(value ? 1 : 0);
    else if (typeof value === 'object' && value !== null) this.object(value);
  }

  private object(value: object): void {
    if (value instanceof ObjectId) this.bytes(value.id);
    else if (value instanceof Date) this.number(value.getTime());
    else if (Array.isArray(value)) this.array(value);
    else if (value instanceof Binary) this.binary(value);
    else if (isDoc(value)) this.fields(value);
    else throw new TypeError('a value that cannot be an index key');
  }

  /** A double as 8 bytes in numeric order; NaN first, -0 as 0. */
  private number(value: number): void {
    this.reserve(8);
    const at = this.length;
    this.length += 8;
    if (Number.isNaN(value)) {
      this.buffer.fill(0, at, at + 8);
      return;
    }
    this.buffer.writeDoubleBE(value === 0 ? 0 : value, at);
    if (value < 0) this.invert(at);
    else this.buffer[at] = (this.buffer[at] ?? 0) ^ 0x80;
  }

  /** UTF-8, ended by 00; a 00 inside becomes 00 FF. */
  private text(value: string): void {
    if (value.includes('\0')) {
      for (const [at, part] of value.split('\0').entries()) this.escaped(part, at > 0);
    } else this.plain(value);
    this.byte(0);
  }

  private escaped(part: string, isAfterNul: boolean): void {
    if (isAfterNul) this.byte(0).byte(0xff);
    this.plain(part);
  }

  private plain(value: string): void {
    this.reserve(value.length * 3);
    this.length += this.buffer.write(value, this.length, 'utf8');
  }

  private array(values: readonly unknown[]): void {
    for (const value of values) this.value(value);
    this.byte(0);
  }

  /** Type, name, value of each field, which is the order documents compare in. */
  private fields(doc: Doc): void {
    for (const name of Object.keys(doc)) {
      this.byte(typeByte(doc[name]));
      this.text(name);
      this.payload(doc[name]);
    }
    this.byte(0);
  }

  private binary(value: Binary): void {
    this.reserve(4);
    this.length = this.buffer.writeUInt32BE(value.position, this.length);
    this.byte(value.sub_type);
    this.bytes(value.value());
  }

  /** Bytes as they are. */
  bytes(value: Uint8Array): this {
    this.reserve(value.length);
    this.buffer.set(value, this.length);
    this.length += value.length;
    return this;
  }

  private invert(from: number): void {
    for (let at = from; at < this.length; at += 1) this.buffer[at] = 0xff - (this.buffer[at] ?? 0);
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe((this.length + bytes) * 2);
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}

/** The first byte of a value's key. */
function typeByte(value: unknown): number {
  if (value === EMPTY_ARRAY) return 3;
  return value === undefined ? RANK.null : rankOf(value);
}

const shared = new KeyWriter();

/** The key of one value, ascending. */
export const keyOf = (value: unknown): Buffer => shared.clear().value(value).take();

/** A string that is equal for equal values; for grouping and for sets. */
export function identityOf(value: unknown): string {
  if (typeof value === 'string') return `s${value}`;
  if (typeof value === 'number') return `n${value === 0 ? 0 : value}`;
  if (value === undefined) return 'm';
  return `k${keyOf(value).toString('latin1')}`;
}
