import { unixNow } from './platform.ts';
import type { Platform } from './platform.ts';
import type { UploadedFile } from './read-multipart.ts';
import type { Media } from './slices/media.ts';
import { nextSecret } from './state.ts';

/** The contents of files, in memory only: after a restart a media_id still works in messages, but cannot be fetched. */
const contents = new WeakMap<Platform, Map<string, Buffer>>();

/** Keeps a file and gives it a media_id. */
export function keepMedia(
  platform: Platform,
  file: UploadedFile,
  { kind, use }: Pick<Media, 'kind' | 'use'>,
): Media {
  const media: Media = {
    mediaId: nextSecret(platform.state, 'media', 64),
    kind,
    use,
    name: file.name,
    contentType: file.contentType,
    size: file.size,
    createdAt: unixNow(platform),
  };
  platform.state.media.push(media);
  const known = contents.get(platform) ?? new Map<string, Buffer>();
  contents.set(platform, known.set(media.mediaId, file.bytes()));
  return media;
}

/** The content of a file; null when it was uploaded before the last start. */
export function bytesOf(platform: Platform, { mediaId }: Media): Buffer | null {
  return contents.get(platform)?.get(mediaId) ?? null;
}
