import { createHash } from 'node:crypto';

/** Letters and digits only, so that an id survives every double click and URL. */
function lettersOf(text: string): string {
  return createHash('sha512').update(text).digest('base64').replaceAll(/[+/=]/g, '');
}

const marks = new Map<number, string>();

/** The mark of a corp, which all its ids carry. */
function markOf(seed: number): string {
  const mark = marks.get(seed) ?? lettersOf(`corp:${seed}`).slice(0, 8);
  marks.set(seed, mark);
  return mark;
}

/**
 * An id shaped like the platform's own: prefix, a mark common to the corp, and letters that depend on `key` only.
 *
 * @param prefix `wm` customer, `wo` WeCom customer, `et` tag or group, `msg` mass message, `o` openid.
 */
export function sandboxId(seed: number, prefix: string, key: string | number): string {
  return `${prefix}${markOf(seed)}AA${lettersOf(`${seed}:${prefix}:${key}`).slice(0, 20)}`;
}

/** A long opaque secret of `length` (at most 240) letters: tokens, tickets, codes. */
export function sandboxSecret(
  seed: number,
  kind: string,
  key: { at: string | number; length: number },
): string {
  const part = (index: number) => lettersOf(`${seed}:${kind}:${key.at}:${index}`);
  return (part(0) + part(1) + part(2)).slice(0, key.length);
}

/** The corp id of a seed: `ww` and 16 hex digits. */
export function sandboxCorpId(seed: number): string {
  return `ww${createHash('sha256').update(`corp id ${seed}`).digest('hex').slice(0, 16)}`;
}

/** A stable hue for a person's avatar, 0–359. */
export function hueOf(id: string): number {
  return createHash('md5').update(id).digest().readUInt16BE(0) % 360;
}

/** A number from 0 up to, not including, 1 that depends on its key only. */
export function fractionOf(key: string): number {
  return createHash('sha256').update(key).digest().readUInt32BE(0) / 2 ** 32;
}
