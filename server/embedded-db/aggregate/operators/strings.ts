import { CommandError } from '../../errors.ts';
import { BSONRegExp } from '../../values/bson.ts';
import { compareStrings } from '../../values/compare.ts';
import { typeName } from '../../values/types.ts';
import { compileRegex } from '../../query/regex.ts';
import { toText } from './conversion.ts';
import { isNullish, isNumber, named, positional } from './operator.ts';
import type { NamedValues, OperatorTable } from './operator.ts';

function concat(values: readonly unknown[]): string | null {
  for (const value of values) {
    if (isNullish(value)) return null;
    if (typeof value !== 'string') {
      throw new CommandError(16702, `$concat only supports strings, not ${typeName(value)}`);
    }
  }
  return values.join('');
}

/** Text of a scalar where MongoDB coerces one: null and missing are ''. */
const coerced = (value: unknown): string => (isNullish(value) ? '' : String(toText(value)));

/** Only A–Z and a–z change case, as in MongoDB. */
const lower = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
const upper = (text: string): string => text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());

function wholeNumber(name: string, value: unknown): number {
  if (isNumber(value) && Number.isInteger(value) && value >= 0) return value;
  throw new CommandError(34451, `${name}: the index and the length have to be non-negative whole numbers`);
}

/** A part of the text by code points. */
function substringByCodePoints([text, start, length]: readonly unknown[]): string {
  const from = wholeNumber('$substrCP', start);
  return [...coerced(text)].slice(from, from + wholeNumber('$substrCP', length)).join('');
}

/** A part by UTF-8 bytes; a negative length means the rest. */
function substringByBytes([text, start, length]: readonly unknown[]): string {
  const bytes = Buffer.from(coerced(text), 'utf8');
  const from = wholeNumber('$substrBytes', start);
  const count = isNumber(length) && length < 0 ? bytes.length : wholeNumber('$substrBytes', length);
  const part = bytes.subarray(from, from + count);
  if (!Buffer.from(part.toString('utf8'), 'utf8').equals(part)) {
    throw new CommandError(
      28656,
      '$substrBytes: invalid range, starting or ending in a UTF-8 continuation byte',
    );
  }
  return part.toString('utf8');
}

const textLength = (name: string, measure: (text: string) => number) =>
  positional(name, [1, 1], ([text]) => {
    if (typeof text === 'string') return measure(text);
    throw new CommandError(34471, `${name} requires a string argument, found: ${typeName(text)}`);
  });

function split([text, separator]: readonly unknown[]): string[] | null {
  if (isNullish(text) || isNullish(separator)) return null;
  if (typeof text !== 'string') {
    throw new CommandError(
      40085,
      `$split requires an expression that evaluates to a string as a first argument, found: ${typeName(text)}`,
    );
  }
  if (typeof separator !== 'string') {
    throw new CommandError(
      40086,
      `$split requires an expression that evaluates to a string as a second argument, found: ${typeName(separator)}`,
    );
  }
  if (separator === '') throw new CommandError(40087, '$split requires a non-empty separator');
  return text.split(separator);
}

/** The white space `$trim` takes off when told nothing else. Source: MongoDB manual, $trim. */
const WHITE_SPACE =
  '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

const trimmed = (name: string, sides: { left: boolean; right: boolean }) =>
  named(name, { required: ['input'], optional: ['chars'] }, (values) => {
    const { input, chars = WHITE_SPACE } = values;
    if (isNullish(input) || chars === null) return null;
    if (typeof input !== 'string' || typeof chars !== 'string') {
      throw new CommandError(50699, `${name} requires its input and chars to be strings`);
    }
    return cutEnds([...input], new Set(chars), sides);
  });

function cutEnds(
  letters: readonly string[],
  cut: ReadonlySet<string>,
  sides: { left: boolean; right: boolean },
): string {
  const isKept = (letter: string): boolean => !cut.has(letter);
  const first = letters.findIndex(isKept);
  if (first < 0) return sides.left || sides.right ? '' : letters.join('');
  const last = letters.findLastIndex(isKept);
  return letters.slice(sides.left ? first : 0, sides.right ? last + 1 : letters.length).join('');
}

const codePoints = (text: string): number => Array.from(text).length;

/** The place of one text in another by code points, -1 if it is not there. */
function indexByCodePoints([text, part, start = 0, end = Infinity]: readonly unknown[]): number | null {
  if (isNullish(text)) return null;
  if (typeof text !== 'string')
    throw new CommandError(40093, '$indexOfCP requires a string as the first argument');
  if (typeof part !== 'string')
    throw new CommandError(40094, '$indexOfCP requires a string as the second argument');
  const letters = [...text];
  const from = Number(start);
  const to = Math.min(Number(end), letters.length);
  if (from > to) return -1;
  const found = letters.slice(from, to).join('').indexOf(part);
  return found < 0 ? -1 : from + codePoints(letters.slice(from, to).join('').slice(0, found));
}

function regexTest({ input, regex, options }: NamedValues): boolean {
  if (isNullish(input) || isNullish(regex)) return false;
  if (typeof input !== 'string') throw new CommandError(51104, '$regexMatch needs input to be a string');
  const flags = typeof options === 'string' ? options : '';
  if (regex instanceof BSONRegExp) return compileRegex(regex.pattern, regex.options || flags).test(input);
  if (typeof regex !== 'string')
    throw new CommandError(51105, '$regexMatch needs regex to be a string or a regular expression');
  return compileRegex(regex, flags).test(input);
}

function replaceText(name: string, isAll: boolean) {
  return named(
    name,
    { required: ['input', 'find', 'replacement'], optional: [] },
    ({ input, find, replacement }) => {
      if (isNullish(input) || isNullish(find) || isNullish(replacement)) return null;
      if (typeof input !== 'string' || typeof find !== 'string' || typeof replacement !== 'string') {
        throw new CommandError(51746, `${name} requires that input, find and replacement are strings`);
      }
      return isAll ? input.replaceAll(find, () => replacement) : input.replace(find, () => replacement);
    },
  );
}

/** Text. Source: MongoDB manual, "String Expression Operators". */
export const stringOperators: OperatorTable = {
  $concat: positional('$concat', [0, Infinity], concat),
  $toLower: positional('$toLower', [1, 1], ([text]) => lower(coerced(text))),
  $toUpper: positional('$toUpper', [1, 1], ([text]) => upper(coerced(text))),
  $substr: positional('$substr', [3, 3], substringByBytes),
  $substrBytes: positional('$substrBytes', [3, 3], substringByBytes),
  $substrCP: positional('$substrCP', [3, 3], substringByCodePoints),
  $strLenCP: textLength('$strLenCP', (text) => [...text].length),
  $strLenBytes: textLength('$strLenBytes', (text) => Buffer.byteLength(text)),
  $strcasecmp: positional('$strcasecmp', [2, 2], ([left, right]) =>
    Math.sign(compareStrings(upper(coerced(left)), upper(coerced(right)))),
  ),
  $split: positional('$split', [2, 2], split),
  $trim: trimmed('$trim', { left: true, right: true }),
  $ltrim: trimmed('$ltrim', { left: true, right: false }),
  $rtrim: trimmed('$rtrim', { left: false, right: true }),
  $indexOfCP: positional('$indexOfCP', [2, 4], indexByCodePoints),
  $regexMatch: named('$regexMatch', { required: ['input', 'regex'], optional: ['options'] }, regexTest),
  $replaceOne: replaceText('$replaceOne', false),
  $replaceAll: replaceText('$replaceAll', true),
};
