import { CommandError, badValue } from '../errors.ts';
import { MAX_DOCUMENT_BYTES } from './bson.ts';

/** MongoDB's limit of nested documents and arrays in one document. */
const MAX_DEPTH = 180;

/** The range of dates JavaScript can hold, in milliseconds around 1970. */
const MAX_DATE_MS = 8_640_000_000_000_000n;

const REFUSED: Readonly<Record<number, string>> = {
  6: 'undefined',
  11: 'regular expression',
  12: 'DBPointer',
  13: 'JavaScript code',
  14: 'symbol',
  15: 'JavaScript code with scope',
  17: 'timestamp',
  18: '64-bit integer (long)',
  19: 'Decimal128',
  127: 'MaxKey',
  255: 'MinKey',
};

const FIXED_SIZES: Readonly<Record<number, number>> = { 1: 8, 7: 12, 8: 1, 9: 8, 10: 0, 16: 4 };

/**
 * Makes sure the embedded database can keep this BSON document and give it back unchanged.
 *
 * @throws {CommandError} 2 – a type outside the subset, named with its path; 10334 – over 16 MiB; 15 – nested too deeply.
 */
export function checkStorable(bytes: Buffer): void {
  if (bytes.length > MAX_DOCUMENT_BYTES) {
    const message = `object to insert too large. size in bytes: ${bytes.length}, max size: ${MAX_DOCUMENT_BYTES}`;
    throw new CommandError(10334, message);
  }
  scan(bytes, 0, []);
}

/** Walks the elements of one document or array; gives the offset behind it. */
function scan(bytes: Buffer, start: number, path: string[]): number {
  if (path.length > MAX_DEPTH) throw new CommandError(15, `document exceeds ${MAX_DEPTH} levels of nesting`);
  const end = start + bytes.readInt32LE(start) - 1;
  let at = start + 4;
  while (at < end) {
    const type = bytes[at] ?? 0;
    const nameEnd = bytes.indexOf(0, at + 1);
    const element = { type, path, nameStart: at + 1, nameEnd };
    at = skipValue(bytes, element);
  }
  return end + 1;
}

type Element = { type: number; path: string[]; nameStart: number; nameEnd: number };

function skipValue(bytes: Buffer, element: Element): number {
  const { type, nameEnd } = element;
  const at = nameEnd + 1;
  const size = FIXED_SIZES[type];
  if (size !== undefined) {
    if (type === 9) checkDate(bytes.readBigInt64LE(at), bytes, element);
    return at + size;
  }
  if (type === 2) return at + 4 + bytes.readInt32LE(at);
  if (type === 5) return at + 5 + bytes.readInt32LE(at);
  if (type === 3 || type === 4) return scan(bytes, at, [...element.path, nameOf(bytes, element)]);
  throw refusal(REFUSED[type] ?? `BSON type ${type}`, bytes, element);
}

function checkDate(ms: bigint, bytes: Buffer, element: Element): void {
  if (ms > MAX_DATE_MS || ms < -MAX_DATE_MS) throw refusal('date beyond the year 275760', bytes, element);
}

const nameOf = (bytes: Buffer, { nameStart, nameEnd }: Element): string =>
  bytes.toString('utf8', nameStart, nameEnd);

function refusal(what: string, bytes: Buffer, element: Element): CommandError {
  const path = [...element.path, nameOf(bytes, element)].join('.');
  return badValue(
    `Field '${path}' holds a ${what}, which Genjin's embedded database does not store; ` +
      'use int32, double, string, bool, null, date, ObjectId, binary, array or document, or set MONGODB_URI to use MongoDB',
  );
}
