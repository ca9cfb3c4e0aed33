import { CommandError } from '../../errors.ts';
import { typeName } from '../../values/types.ts';
import { numberText } from './conversion.ts';
import { isNullish, isNumber } from './operator.ts';

/**
 * Text of a number, a date or a string where MongoDB coerces one: null and missing are ''.
 *
 * @throws {CommandError} 16007 – any other type.
 */
export function coerced(value: unknown): string {
  if (isNullish(value)) return '';
  if (typeof value === 'string') return value;
  if (isNumber(value)) return numberText(value);
  if (value instanceof Date) return value.toISOString();
  throw new CommandError(16007, `can't convert from BSON type ${typeName(value)} to String`);
}

type Codes = { readonly type: number; readonly whole: number; readonly least: number };

/** @throws {CommandError} `type` – no number; `whole` – no whole one; `least` – below 0. */
function wholeNumber(name: string, codes: Codes, value: unknown): number {
  if (!isNumber(value))
    throw new CommandError(codes.type, `${name} requires a number, found: ${typeName(value)}`);
  if (!Number.isInteger(value)) throw new CommandError(codes.whole, `${name} requires a whole number`);
  if (value < 0) throw new CommandError(codes.least, `${name} requires a number of at least 0`);
  return value;
}

/** A part of the text by code points. */
export function substringByCodePoints([text, start, length]: readonly unknown[]): string {
  const letters = coerced(text);
  const from = wholeNumber('$substrCP', { type: 34450, whole: 34451, least: 34455 }, start);
  const count = wholeNumber('$substrCP', { type: 34452, whole: 34453, least: 34454 }, length);
  return [...letters].slice(from, from + count).join('');
}

/** A number whose fraction MongoDB cuts off here. */
function byteNumber(code: number, value: unknown): number {
  if (isNumber(value)) return Math.trunc(value);
  throw new CommandError(code, `$substrBytes requires a number, found: ${typeName(value)}`);
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** A part by UTF-8 bytes; a negative length means the rest. */
export function substringByBytes([text, start, length]: readonly unknown[]): string {
  const bytes = Buffer.from(coerced(text), 'utf8');
  const from = byteNumber(16034, start);
  const count = byteNumber(16035, length);
  if (from < 0)
    throw new CommandError(50752, `$substrBytes: starting index must be non-negative, is ${from}`);
  const end = count < 0 ? bytes.length : from + count;
  const what = 'is a UTF-8 continuation byte';
  if (isContinuation(bytes[from]))
    throw new CommandError(28656, `$substrBytes: Invalid range, starting index ${what}`);
  if (isContinuation(bytes[end]))
    throw new CommandError(28657, `$substrBytes: Invalid range, ending index ${what}`);
  return bytes.subarray(from, end).toString('utf8');
}

const codePoints = (text: string): number => Array.from(text).length;

const PLACE: Codes = { type: 40096, whole: 40096, least: 40097 };

/** The place of one text in another by code points, -1 if it is not there. */
export function indexByCodePoints([text, part, start = 0, end = Infinity]: readonly unknown[]):
  number | null {
  if (isNullish(text)) return null;
  if (typeof text !== 'string')
    throw new CommandError(40093, '$indexOfCP requires a string as the first argument');
  if (typeof part !== 'string')
    throw new CommandError(40094, '$indexOfCP requires a string as the second argument');
  return placeIn([...text], part, { start, end });
}

function placeIn(
  letters: readonly string[],
  part: string,
  { start, end }: { start: unknown; end: unknown },
): number {
  const from = wholeNumber('$indexOfCP', PLACE, start);
  const to =
    end === Infinity ? letters.length : Math.min(wholeNumber('$indexOfCP', PLACE, end), letters.length);
  if (from > to) return -1;
  const found = letters.slice(from, to).join('').indexOf(part);
  return found < 0 ? -1 : from + codePoints(letters.slice(from, to).join('').slice(0, found));
}
