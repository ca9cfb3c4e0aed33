import { ApiError } from '../api-error.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { Media } from '../slices/media.ts';

/** A media_id lives 3 days. Source: wecom.md §3.14. */
export const MEDIA_SECONDS = 3 * 86_400;

/** A file that still lives. @throws {ApiError} 40007 unknown, expired, or of another kind or use. */
export function livingMedia(
  platform: Platform,
  mediaId: unknown,
  { kind, use = 'media' }: { kind?: Media['kind']; use?: Media['use'] } = {},
): Media {
  const media = platform.state.media.find((candidate) => candidate.mediaId === mediaId);
  const isLiving = media !== undefined && unixNow(platform) < media.createdAt + MEDIA_SECONDS;
  if (!isLiving || media.use !== use || (kind !== undefined && media.kind !== kind))
    throw new ApiError(40007);
  return media;
}
