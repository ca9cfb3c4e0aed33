import { ApiError } from '../api-error.ts';
import type { PlatformRules } from '../rules.ts';
import type { Media } from '../slices/media.ts';

const MB = 1_048_576;
/** A file must have more bytes than this. */
const TOO_FEW = 5;

/** The beginning of a file, and where it stands. */
const MAGIC: Readonly<Record<'jpg' | 'png' | 'amr' | 'mp4', { at: number; bytes: Buffer }>> = {
  jpg: { at: 0, bytes: Buffer.from('ffd8ff', 'hex') },
  png: { at: 0, bytes: Buffer.from('89504e47', 'hex') },
  amr: { at: 0, bytes: Buffer.from('#!AMR') },
  mp4: { at: 4, bytes: Buffer.from('ftyp') },
};
const begins = (bytes: Buffer, format: keyof typeof MAGIC): boolean => {
  const magic = MAGIC[format];
  return bytes.subarray(magic.at, magic.at + magic.bytes.length).equals(magic.bytes);
};

/** Which formats a kind takes, how many bytes at most, and the errcode of another format. Source: wecom.md §3.14. */
const KINDS: Readonly<
  Record<
    Media['kind'],
    { formats: (keyof typeof MAGIC)[]; most: (rules: PlatformRules) => number; errcode: number }
  >
> = {
  image: { formats: ['jpg', 'png'], most: (rules) => rules.imageBytes, errcode: 40123 },
  voice: { formats: ['amr'], most: () => 2 * MB, errcode: 40004 },
  video: { formats: ['mp4'], most: () => 10 * MB, errcode: 40004 },
  file: { formats: [], most: () => 20 * MB, errcode: 40004 },
};

/** @throws {ApiError} 44001 empty, 40006 five bytes or fewer, 45001 too big, 40123 no JPG or PNG, 40004 no AMR or MP4 */
export function checkMedia(
  rules: PlatformRules,
  bytes: Buffer,
  { kind, most }: { kind: Media['kind']; most?: number },
): void {
  const rule = KINDS[kind];
  if (bytes.length === 0) throw new ApiError(44001);
  if (bytes.length <= TOO_FEW) throw new ApiError(40006);
  if (bytes.length > (most ?? rule.most(rules))) throw new ApiError(45001);
  if (rule.formats.length > 0 && !rule.formats.some((format) => begins(bytes, format)))
    throw new ApiError(rule.errcode);
}
