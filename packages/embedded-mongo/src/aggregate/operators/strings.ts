import { CommandError } from '../../errors.ts';
import { BSONRegExp } from '../../values/bson.ts';
import { compareStrings } from '../../values/compare.ts';
import { typeName } from '../../values/types.ts';
import { compileRegex } from '../../query/regex.ts';
import { coerced, indexByCodePoints, substringByBytes, substringByCodePoints } from './substrings.ts';
import { isNullish, named, positional, stepwise } from './operator.ts';
import type { NamedValues, OperatorTable } from './operator.ts';

function concat(values: Iterable<unknown>): string | null {
  let text = '';
  for (const value of values) {
    if (isNullish(value)) return null;
    if (typeof value !== 'string') {
      throw new CommandError(16702, `$concat only supports strings, not ${typeName(value)}`);
    }
    text += value;
  }
  return text;
}

/** Only A–Z and a–z change case, as in MongoDB. */
const lower = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
const upper = (text: string): string => text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());

const textLength = (name: string, code: number, measure: (text: string) => number) =>
  positional(name, [1, 1], ([text]) => {
    if (typeof text === 'string') return measure(text);
    throw new CommandError(code, `${name} requires a string argument, found: ${typeName(text)}`);
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
    if (typeof input !== 'string') throw new CommandError(50699, `${name} requires its input to be a string`);
    if (typeof chars !== 'string') throw new CommandError(50700, `${name} requires 'chars' to be a string`);
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

function regexTest({ input, regex, options }: NamedValues): boolean {
  if (isNullish(input) || isNullish(regex)) return false;
  if (typeof input !== 'string') throw new CommandError(51104, '$regexMatch needs input to be a string');
  const flags = requireText(51106, "$regexMatch: 'options'", options) ?? '';
  if (regex instanceof BSONRegExp) return compileRegex(regex.pattern, regex.options || flags).test(input);
  if (typeof regex !== 'string')
    throw new CommandError(51105, '$regexMatch needs regex to be a string or a regular expression');
  return compileRegex(regex, flags).test(input);
}

const REPLACE = { required: ['input', 'find', 'replacement'], optional: [] };

/** What is no string, by the code MongoDB has for the argument. */
function requireText(code: number, what: string, value: unknown): string | null {
  if (isNullish(value)) return null;
  if (typeof value === 'string') return value;
  throw new CommandError(code, `${what} must be a string, found: ${typeName(value)}`);
}

function replaceText(name: string, isAll: boolean) {
  return named(name, REPLACE, (values) => {
    const input = requireText(51746, `${name}: 'input'`, values['input']);
    const find = requireText(51745, `${name}: 'find'`, values['find']);
    const text = requireText(51744, `${name}: 'replacement'`, values['replacement']);
    if (input === null || find === null || text === null) return null;
    return isAll ? input.replaceAll(find, () => text) : input.replace(find, () => text);
  });
}

/** Text. Source: MongoDB manual, "String Expression Operators". */
export const stringOperators: OperatorTable = {
  $concat: stepwise(concat),
  $toLower: positional('$toLower', [1, 1], ([text]) => lower(coerced(text))),
  $toUpper: positional('$toUpper', [1, 1], ([text]) => upper(coerced(text))),
  $substr: positional('$substr', [3, 3], substringByBytes),
  $substrBytes: positional('$substrBytes', [3, 3], substringByBytes),
  $substrCP: positional('$substrCP', [3, 3], substringByCodePoints),
  $strLenCP: textLength('$strLenCP', 34471, (text) => [...text].length),
  $strLenBytes: textLength('$strLenBytes', 34473, (text) => Buffer.byteLength(text)),
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
