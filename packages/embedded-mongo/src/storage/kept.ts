import { decode } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { cutOut } from '../values/elements.ts';

/** Shorter documents are decoded whole as fast as in part. */
const WORTH_PARTS_BYTES = 512;

/** A stored document: its place, and its bytes and fields once somebody asks for them. */
export class Kept {
  readonly record: number;
  private read: Buffer | (() => Buffer);
  private decoded: Doc | null = null;

  /** @param read the bytes, or how to read them, which has to be done before anything is written. */
  constructor(record: number, read: Buffer | (() => Buffer)) {
    this.record = record;
    this.read = read;
  }

  get bytes(): Buffer {
    if (typeof this.read === 'function') this.read = this.read();
    return this.read;
  }

  get doc(): Doc {
    this.decoded ??= decode(this.bytes);
    return this.decoded;
  }

  /** The document with at least these of its fields, null: with all; only they are decoded where that is less work. */
  only(names: ReadonlySet<string> | null): Doc {
    if (names?.size === 0) return {};
    if (!names || this.decoded || this.bytes.length < WORTH_PARTS_BYTES) return this.doc;
    return decode(cutOut(this.bytes, { names, keeps: true }));
  }

  /** Lets go of the decoded fields, which take several times the room of the bytes. */
  forget(): void {
    this.decoded = null;
  }
}
