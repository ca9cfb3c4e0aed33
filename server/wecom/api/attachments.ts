import { z } from 'zod';
import { theirNames, type OurNames } from '../client/our-names.ts';
import { bytes, id, list } from '../client/request-shapes.ts';

/** A picture by upload or by the address that `media.uploadImage` gave; the upload wins when both are given. */
const Image = z
  .strictObject({ media_id: id.optional(), pic_url: z.string().min(1).optional() })
  .refine((image) => image.media_id ?? image.pic_url, {
    path: ['media_id'],
    message: 'or pic_url is needed',
  });
const Link = z.strictObject({
  title: bytes(128, 1),
  picurl: z.string().optional(),
  desc: bytes(512).optional(),
  url: z.string().min(1, 'is missing'),
});
const MiniProgram = z.strictObject({
  title: bytes(64, 1),
  pic_media_id: id,
  appid: id,
  page: z.string().min(1, 'is missing'),
});
const Media = z.strictObject({ media_id: id });

/** What can hang on a message to customers, in WeCom's names. Source: wecom.md §3.6. */
const AttachmentShape = z.discriminatedUnion('msgtype', [
  z.strictObject({ msgtype: z.literal('image'), image: Image }),
  z.strictObject({ msgtype: z.literal('link'), link: Link }),
  z.strictObject({ msgtype: z.literal('miniprogram'), miniprogram: MiniProgram }),
  z.strictObject({ msgtype: z.literal('video'), video: Media }),
  z.strictObject({ msgtype: z.literal('file'), file: Media }),
]);

/** The same, each under its own name: a group welcome has one of them. */
export const attachmentFields = {
  image: Image.optional(),
  link: Link.optional(),
  miniprogram: MiniProgram.optional(),
  file: Media.optional(),
  video: Media.optional(),
};

/** An attachment by our names: WeCom's structure, written `mediaId`, `picUrl`, … */
export type Attachment = OurNames<z.input<typeof AttachmentShape>>;

/** A message to customers: a text, and up to nine attachments that arrive after it as messages of their own. */
export type CustomerContent = { text?: string; attachments?: readonly Attachment[] };

/** The fields of such a message in a request. */
export const customerContent = (textBytes: number) => ({
  text: z.strictObject({ content: bytes(textBytes, 1) }).optional(),
  attachments: list(AttachmentShape, 9).optional(),
});

/** Such a message in WeCom's names; '' is no text. */
export const askContent = ({ text, attachments = [] }: CustomerContent) => ({
  text: text ? { content: text } : undefined,
  attachments:
    attachments.length > 0
      ? attachments.map((each) => theirNames<z.input<typeof AttachmentShape>>(each))
      : undefined,
});
