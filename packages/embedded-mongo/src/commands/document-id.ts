import { CommandError, badValue } from '../errors.ts';
import { ObjectId } from '../values/bson.ts';
import { elementsOf } from '../values/elements.ts';

const FORBIDDEN_TYPES: Readonly<Record<number, string>> = { 4: 'array', 6: 'undefined', 11: 'regex' };

/**
 * The document with its `_id` in first place, as MongoDB keeps it; one without gets an ObjectId.
 *
 * @throws {CommandError} 53 – an `_id` that may not be one.
 */
export function withId(bytes: Buffer): Buffer {
  if (beginsWithId(bytes)) return bytes;
  let isFirst = true;
  for (const { name, type, start, end } of elementsOf(bytes)) {
    if (name === '_id') {
      const forbidden = FORBIDDEN_TYPES[type];
      if (forbidden) throw new CommandError(53, `The '_id' value cannot be of type ${forbidden}`);
      if (isFirst) return bytes;
      return assembled([bytes.subarray(start, end), bytes.subarray(4, start), bytes.subarray(end, -1)]);
    }
    isFirst = false;
  }
  if (bytes.length < 5) throw badValue('not a BSON document');
  return assembled([Buffer.from('\u0007_id\0'), Buffer.from(new ObjectId().id), bytes.subarray(4, -1)]);
}

/** The usual case, seen without taking the document apart. */
function beginsWithId(bytes: Buffer): boolean {
  const type = bytes[4] ?? 0;
  return bytes.length > 9 && bytes.readUInt32BE(5) === ID_NAME && !(type in FORBIDDEN_TYPES);
}

/** `_id` and its ending 0, as four bytes. */
const ID_NAME = 0x5f696400;

function assembled(elements: readonly Buffer[]): Buffer {
  const size = Buffer.alloc(4);
  size.writeInt32LE(elements.reduce((sum, element) => sum + element.length, 5));
  return Buffer.concat([size, ...elements, Buffer.alloc(1)]);
}
