import { z } from 'zod';
import type { OurNames } from '../client/our-names.ts';
import { bytes, chars, id, list } from '../client/request-shapes.ts';
import { TemplateCardShape } from './template-cards.ts';

const media = z.strictObject({ media_id: id });
const url = bytes(2048, 1);
const description = bytes(512).optional();

const Article = z.strictObject({
  title: bytes(128, 1),
  description,
  url: bytes(2048).optional(),
  picurl: z.string().optional(),
  appid: id.optional(),
  pagepath: z.string().optional(),
});
const Page = z.strictObject({
  title: bytes(128, 1),
  thumb_media_id: id,
  author: bytes(64).optional(),
  content_source_url: z.string().optional(),
  content: bytes(666 * 1024, 1),
  digest: bytes(512).optional(),
});
/** WeCom's newer text counts characters, the older bytes; the newer is taken. Source: wecom.md §3.13. */
const TextCard = z.strictObject({
  title: chars(128, 1),
  description: chars(512, 1),
  url,
  btntxt: chars(4).optional(),
});

/** What both a member and a group chat of the app can get. */
const shared = [
  z.strictObject({ msgtype: z.literal('text'), text: z.strictObject({ content: bytes(2048, 1) }) }),
  z.strictObject({ msgtype: z.literal('markdown'), markdown: z.strictObject({ content: bytes(2048, 1) }) }),
  z.strictObject({ msgtype: z.literal('image'), image: media }),
  z.strictObject({ msgtype: z.literal('voice'), voice: media }),
  z.strictObject({ msgtype: z.literal('file'), file: media }),
  z.strictObject({
    msgtype: z.literal('video'),
    video: z.strictObject({ media_id: id, title: bytes(128).optional(), description }),
  }),
  z.strictObject({ msgtype: z.literal('textcard'), textcard: TextCard }),
  z.strictObject({
    msgtype: z.literal('news'),
    news: z.strictObject({ articles: list(Article, 8, 1) }),
  }),
  z.strictObject({
    msgtype: z.literal('mpnews'),
    mpnews: z.strictObject({ articles: list(Page, 8, 1) }),
  }),
] as const;

const Notice = z.strictObject({
  appid: id,
  page: z.string().optional(),
  title: chars(12, 4),
  description: chars(12, 4).optional(),
  emphasis_first_item: z.boolean().optional(),
  content_item: list(z.strictObject({ key: chars(10, 1), value: chars(30, 1) }), 10).optional(),
});

/** A message of the app to members, in WeCom's names. Source: wecom.md §3.13. */
export const AppContentShape = z.discriminatedUnion('msgtype', [
  ...shared,
  z.strictObject({ msgtype: z.literal('miniprogram_notice'), miniprogram_notice: Notice }),
  z.strictObject({ msgtype: z.literal('template_card'), template_card: TemplateCardShape }),
]);

/** A message to a group chat that the app made. */
export const ChatContentShape = z.discriminatedUnion('msgtype', [...shared]);

/** A message by our names: WeCom's structure, written `templateCard`, `mediaId`, … */
export type AppContent = OurNames<z.input<typeof AppContentShape>>;
export type ChatContent = OurNames<z.input<typeof ChatContentShape>>;
