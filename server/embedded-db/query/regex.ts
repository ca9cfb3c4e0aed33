import { CommandError, badValue, ensure } from '../errors.ts';
import { BSONRegExp } from '../values/bson.ts';

/** White space as PCRE means it: ASCII only, unlike JavaScript's `\s`. */
const SPACE = '\\t\\n\\v\\f\\r\\u0020';

/** What differs between PCRE and JavaScript, by escape. A missing entry is the same in both. */
const ESCAPES: Readonly<Record<string, { inside: string; outside: string }>> = {
  s: { inside: SPACE, outside: `[${SPACE}]` },
  S: { inside: '', outside: `[^${SPACE}]` },
  A: { inside: '', outside: '(?<![\\s\\S])' },
  z: { inside: '', outside: '(?![\\s\\S])' },
  Z: { inside: '', outside: '(?=\\n?(?![\\s\\S]))' },
};

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
  if (escape) {
    const text = isInside ? escape.inside : escape.outside;
    if (text === '') throw badValue(`\\${letter} is not supported inside brackets`);
    return text;
  }
  // The `u` flag refuses needless escapes such as `\-`, which PCRE takes as the character itself.
  if (/[ -~]/.test(letter) && /[^\w^$\\.*+?()[\]{}|/]/.test(letter)) {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  }
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
