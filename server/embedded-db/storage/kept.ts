import { decode } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';

/** A stored document: its place, its bytes, and its fields once somebody asks for them. */
export class Kept {
  readonly record: number;
  readonly bytes: Buffer;
  private decoded: Doc | null = null;

  constructor(record: number, bytes: Buffer) {
    this.record = record;
    this.bytes = bytes;
  }

  get doc(): Doc {
    this.decoded ??= decode(this.bytes);
    return this.decoded;
  }

  /** Lets go of the decoded fields, which take several times the room of the bytes. */
  forget(): void {
    this.decoded = null;
  }
}
