import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { bytesOf, keepMedia } from '../media-bytes.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { UploadedFile } from '../read-multipart.ts';
import { DOWNLOAD, Download } from '../send-download.ts';
import { nextSecret } from '../state.ts';
import { DAY_SECONDS, dayStart } from './day-span.ts';
import { defineApi } from './define-api.ts';
import { livingMedia } from './find-media.ts';
import { checkMedia } from './media-rules.ts';

const file = z.instanceof(UploadedFile);
const KINDS = ['image', 'voice', 'video', 'file'] as const;
/** A picture for welcome messages may have so many bytes. */
const PICTURE_BYTES = 2 * 1_048_576;

/** The kind in the query. @throws {ApiError} 40005 */
function kindOf<Kind extends (typeof KINDS)[number]>(kinds: readonly Kind[], type: string | undefined): Kind {
  const kind = kinds.find((candidate) => candidate === type);
  if (!kind) throw new ApiError(40005);
  return kind;
}

/** Temporary files for messages; the answer's errmsg is empty and created_at a text. */
const upload = defineApi({
  method: 'POST',
  path: '/cgi-bin/media/upload',
  title: '上传临时素材',
  writes: true,
  fields: z.object({ type: z.string().optional(), media: file }),
  missing: { media: 44001 },
  run: (platform, { type, media }) => {
    const kind = kindOf(KINDS, type);
    checkMedia(platform.rules, media.bytes(), { kind });
    const kept = keepMedia(platform, media, { kind, use: 'media' });
    return { errmsg: '', type: kind, media_id: kept.mediaId, created_at: String(kept.createdAt) };
  },
});

/** @throws {ApiError} 45009 when the day or the month has seen enough pictures */
function checkPictures({ state, rules, now }: Platform): void {
  const nowSeconds = unixNow({ now });
  const since = (at: number) => state.pictures.filter(({ createdAt }) => createdAt >= at).length;
  const isFull =
    since(dayStart(nowSeconds)) >= rules.picturesPerDay ||
    since(nowSeconds - 30 * DAY_SECONDS) >= rules.picturesPerMonth;
  if (isFull) throw new ApiError(45009);
}

/** Pictures with an address of their own, for ever; the field of the form may have any name. */
const uploadImage = defineApi({
  method: 'POST',
  path: '/cgi-bin/media/uploadimg',
  title: '上传图片',
  writes: true,
  fields: z.record(z.string(), z.unknown()),
  run: (platform, fields) => {
    const { state, rules } = platform;
    const picture = Object.values(fields).find((value) => value instanceof UploadedFile);
    if (!picture) throw new ApiError(44001);
    checkMedia(rules, picture.bytes(), { kind: 'image', most: PICTURE_BYTES });
    checkPictures(platform);
    const url = `https://wework.qpic.cn/wwpic/${nextSecret(state, 'picture', 24)}/0`;
    state.pictures.push({ url, createdAt: unixNow(platform) });
    return { url };
  },
});

/** Files for moments (1) and the product album (2); here created_at is a number. */
const uploadAttachment = defineApi({
  method: 'POST',
  path: '/cgi-bin/media/upload_attachment',
  title: '上传附件资源',
  writes: true,
  fields: z.object({
    media_type: z.string().optional(),
    attachment_type: z.enum(['1', '2']),
    media: file,
  }),
  missing: { media: 44001 },
  run: (platform, { media_type: type, attachment_type: purpose, media }) => {
    const kind = kindOf(['image', 'video', 'file'] as const, type);
    checkMedia(platform.rules, media.bytes(), { kind });
    const kept = keepMedia(platform, media, { kind, use: purpose === '1' ? 'moments' : 'album' });
    return { errmsg: 'ok', type: kind, media_id: kept.mediaId, created_at: kept.createdAt };
  },
});

/** The file itself; errors are JSON. */
const get = defineApi({
  method: 'GET',
  path: '/cgi-bin/media/get',
  title: '获取临时素材',
  fields: z.object({ media_id: z.string() }),
  missing: { media_id: 40007 },
  run: (platform, { media_id: mediaId }) => {
    const media = livingMedia(platform, mediaId);
    const bytes = bytesOf(platform, media);
    if (!bytes) throw new ApiError(40007);
    return { [DOWNLOAD]: new Download(media.name, media.contentType, bytes) };
  },
});

/** Files. Source: wecom.md §3.14. */
export const mediaApis = [upload, uploadImage, uploadAttachment, get];
