import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import type { LinkCard } from '../state.ts';
import { bytes } from './field-limits.ts';
import { livingMedia } from './find-media.ts';

/** Text and attachments of welcome and mass messages. Source: wecom.md §3.6. */
export const messageFields = z.object({
  text: z.object({ content: z.string() }).optional(),
  attachments: z.array(z.record(z.string(), z.unknown())).max(9).default([]),
});

/** A link attachment; a missing picture or description is empty. */
const linkFields = z.object({
  title: bytes(128).min(1),
  url: z.string().min(1),
  picurl: z.string().default(''),
  desc: bytes(512).default(''),
});
const miniProgramFields = z.object({
  title: bytes(64).min(1),
  pic_media_id: z.string().min(1),
  appid: z.string().min(1),
  page: z.string().min(1),
});
const imageFields = z.object({ media_id: z.string().optional(), pic_url: z.string().optional() });
const mediaFields = z.object({ media_id: z.string() });

/** @throws {ApiError} 40058 when there is neither text nor attachment, when something is too long, or as `checkAttachment`. */
export function messageOf(
  platform: Platform,
  fields: z.infer<typeof messageFields>,
): { text: string; links: LinkCard[] } {
  const text = fields.text?.content ?? '';
  if (text === '' && fields.attachments.length === 0) throw new ApiError(40058, 'text');
  if (Buffer.byteLength(text) > 4000) throw new ApiError(40058, 'text.content');
  return { text, links: fields.attachments.flatMap((attachment) => checkAttachment(platform, attachment)) };
}

type Attachment = Record<string, unknown>;

/** How each kind is checked; a link is shown, others are only accepted. */
const KINDS: Readonly<Record<string, (platform: Platform, content: unknown) => LinkCard[]>> = {
  link: (_, content) => [parse('link', linkFields, content)],
  image: (platform, content) => {
    checkImage(platform, parse('image', imageFields, content));
    return [];
  },
  miniprogram: (platform, content) => {
    const { appid, pic_media_id: mediaId } = parse('miniprogram', miniProgramFields, content);
    checkMiniProgram(platform, appid);
    livingMedia(platform, mediaId, { kind: 'image' });
    return [];
  },
  video: (platform, content) => {
    livingMedia(platform, parse('video', mediaFields, content).media_id, { kind: 'video' });
    return [];
  },
  file: (platform, content) => {
    livingMedia(platform, parse('file', mediaFields, content).media_id, { kind: 'file' });
    return [];
  },
};

/**
 * The link card of one attachment, or nothing for other kinds.
 *
 * @throws {ApiError} 40058 wrong fields, a key that is not the msgtype, a picture from elsewhere; 40007; 90206, 90207.
 */
export function checkAttachment(platform: Platform, attachment: Attachment): LinkCard[] {
  const kind = String(attachment['msgtype']);
  const check = KINDS[kind];
  if (!check) throw new ApiError(40058, `attachments.${kind}`);
  return check(platform, attachment[kind]);
}

/** If both are given media_id wins; an address must come from media/uploadimg. */
function checkImage(platform: Platform, image: z.infer<typeof imageFields>): void {
  if (image.media_id) livingMedia(platform, image.media_id, { kind: 'image' });
  else if (!platform.state.pictures.some(({ url }) => url === image.pic_url))
    throw new ApiError(40058, 'attachments.image.pic_url');
}

/** @throws {ApiError} 90207 for what is no appid, 90206 for a mini program that is not linked to the corp. */
export function checkMiniProgram({ rules }: Platform, appid: string): void {
  if (!/^wx[0-9a-f]{16}$/.test(appid)) throw new ApiError(90207);
  if (!rules.miniPrograms.includes(appid)) throw new ApiError(90206);
}

/** Where an image that was sent can be looked at. */
export function pictureOf(image: unknown): string {
  const { media_id: mediaId, pic_url: url } = imageFields.parse(image);
  return mediaId ? `https://wework.qpic.cn/wwpic/${mediaId}/0` : (url ?? '');
}

function parse<Fields>(kind: string, fields: z.ZodType<Fields>, content: unknown): Fields {
  const result = fields.safeParse(content);
  if (!result.success) throw new ApiError(40058, `attachments.${kind}`);
  return result.data;
}
