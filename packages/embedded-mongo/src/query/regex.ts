import { CommandError, badValue, ensure } from '../errors.ts';
import { BSONRegExp } from '../values/bson.ts';

/** White space as PCRE means it: ASCII only, unlike JavaScript's `\s`. */
const SPACE = '\\t\\n\\v\\f\\r\\u0020';

/** Line ends and blanks as PCRE's `\v` and `\h` mean them. */
const LINE_END = '\\n\\v\\f\\r\\x85\\u2028\\u2029';
const BLANK = '\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000';

const members = (set: string) => ({ inside: set, outside: `[${set}]` });
const others = (set: string) => ({ inside: '', outside: `[^${set}]` });
const outside = (text: string) => ({ inside: '', outside: text });

/** What differs between PCRE and JavaScript, by escape; empty: not to be said inside brackets. */
const ESCAPES: Readonly<Record<string, { inside: string; outside: string }>> = {
  a: members('\\x07'),
  e: members('\\x1b'),
  s: members(SPACE),
  S: others(SPACE),
  v: members(LINE_END),
  V: others(LINE_END),
  h: members(BLANK),
  H: others(BLANK),
  N: outside('[^\\n]'),
  A: outside('(?<![\\s\\S])'),
  z: outside('(?![\\s\\S])'),
  Z: outside('(?=\\n?(?![\\s\\S]))'),
};
/** Escapes that mean the same in both. */
const SAME = /[tnrfdDwWbBxckpP0-9]/;
/** Escapes that PCRE knows and we do not. */
const UNSUPPORTED = /[goCEGKQRX]/;

/**
 * The JavaScript expression that matches what MongoDB's PCRE matches.
 *
 * @param options any of `i`, `m`, `s`.
 * @throws {CommandError} 51091 for an expression that JavaScript cannot express, 51108 for another option.
 */
export function compileRegex(pattern: string, options = ''): RegExp {
  const invalid = /[^ims]/.exec(options);
  if (invalid) throw new CommandError(51108, `invalid flag in regex options: ${invalid[0]}`);
  try {
    return new RegExp(translate(pattern, options), `u${options.replaceAll(/[ms]/g, '')}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(51091, `Regular expression is invalid: ${why}`);
  }
}

/** The expression of a regex value. */
export const regexOf = (value: BSONRegExp): RegExp => compileRegex(value.pattern, value.options);

function translate(pattern: string, options: string): string {
  ensure(!pattern.includes('[[:'), 2, 'POSIX classes in a regular expression are not supported');
  let text = '';
  let classStart = -1; // where the members of the open bracket begin, or -1 outside
  for (const { 0: token, index } of pattern.matchAll(/\\[\s\S]|[\s\S]/gu)) {
    const isInside = classStart >= 0;
    text += isInside ? insideOf(token, index === classStart) : outsideOf(token, options);
    if (!isInside && token === '[') classStart = membersStart(pattern, index);
    else if (token === ']' && index > classStart) classStart = -1;
  }
  return text;
}

const membersStart = (pattern: string, open: number): number => open + (pattern[open + 1] === '^' ? 2 : 1);

/** Within brackets `[` is a literal, and so is `]` in the first place. */
function insideOf(token: string, isFirst: boolean): string {
  if (token.startsWith('\\')) return escapeOf(token.slice(1), true);
  if (token === '[' || (token === ']' && isFirst)) return `\\${token}`;
  return token;
}

function escapeOf(letter: string, isInside: boolean): string {
  const escape = ESCAPES[letter];
  if (!escape) return sameEscape(letter);
  const text = isInside ? escape.inside : escape.outside;
  if (text === '') throw badValue(`\\${letter} is not supported inside brackets`);
  return text;
}

/** Only ASCII letters and digits mean something behind a backslash; everything else is the character itself. */
function sameEscape(letter: string): string {
  const code = letter.codePointAt(0);
  if (code === undefined) throw new SyntaxError('\\ at end of pattern');
  if (!/[0-9A-Za-z]/.test(letter)) return `\\u{${code.toString(16)}}`;
  if (UNSUPPORTED.test(letter)) throw badValue(`\\${letter} in a regular expression is not supported`);
  if (!SAME.test(letter)) throw new SyntaxError('unrecognized character follows \\');
  return `\\${letter}`;
}

/** Anchors and the dot: PCRE knows only \n as a line end, and lets `$` stand before a last one. */
function outsideOf(token: string, options: string): string {
  if (token.startsWith('\\')) return escapeOf(token.slice(1), false);
  const isMultiline = options.includes('m');
  if (token === '^') return isMultiline ? '(?<![^\\n])' : '^';
  if (token === '$') return isMultiline ? '(?![^\\n])' : '(?=\\n?(?![\\s\\S]))';
  if (token === '.') return options.includes('s') ? '[\\s\\S]' : '[^\\n]';
  return token;
}

/**
 * The text every match starts with, for an index range: of `^abc` it is `abc`.
 *
 * @returns `null` when there is none or the expression is not that simple.
 */
export function literalPrefix({ pattern, options }: BSONRegExp): string | null {
  if (options !== '' || pattern.includes('|')) return null;
  const match = /^\^([\p{L}\p{N} _:@/-]+)(?![?*{])/u.exec(pattern);
  return match?.[1] ?? null;
}
