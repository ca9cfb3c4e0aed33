import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { cutBytes } from '../cut-bytes.ts';
import type { Platform } from '../platform.ts';
import type { CardControls } from '../slices/cards.ts';
import type { Media } from '../slices/media.ts';
import type { AppCard } from '../state.ts';
import { cardProblem } from './card-problem.ts';
import { bytes } from './field-limits.ts';
import { livingMedia } from './find-media.ts';
import {
  mpArticleFields,
  newsCard,
  noticeCard,
  noticeFields,
  articleFields,
  mpNewsCard,
} from './message-articles.ts';
import { cardFields, controlsOf, glance } from './template-card.ts';
import type { Card } from './template-card.ts';

/** What a member sees of an app message. */
export type AppContent = { text: string } | { card: AppCard; controls?: CardControls };

const mediaFields = z.object({ media_id: z.string() });
const said = z.object({ content: z.string().min(1) });

/** The parts of a request that carry content, one per msgtype. */
export const contentFields = z.object({
  msgtype: z.string(),
  text: said.optional(),
  markdown: said.optional(),
  image: mediaFields.optional(),
  voice: mediaFields.optional(),
  file: mediaFields.optional(),
  video: mediaFields
    .extend({ title: bytes(128).default(''), description: bytes(512).default('') })
    .optional(),
  textcard: z
    .object({
      title: z.string().min(1),
      description: z.string().min(1),
      url: z.string().min(1),
      btntxt: z.string().max(4).optional(),
    })
    .optional(),
  news: z.object({ articles: z.array(articleFields) }).optional(),
  mpnews: z.object({ articles: z.array(mpArticleFields) }).optional(),
  miniprogram_notice: noticeFields.optional(),
  template_card: cardFields.optional(),
});
export type ContentFields = z.infer<typeof contentFields>;

/** @throws {ApiError} 40008 unknown msgtype, 40058 without its body, 40007, 45008, 902xx, 42014–42049 for a wrong template card. */
export function contentOf(platform: Platform, fields: ContentFields): AppContent {
  const read = READERS[fields.msgtype];
  if (!read) throw new ApiError(40008);
  const content = read(fields, platform);
  if (!content) throw new ApiError(40058, fields.msgtype);
  return content;
}

/** A placeholder for what the sandbox does not show. */
function mediaText(
  platform: Platform,
  given: { media_id: string } | undefined,
  { kind, label }: { kind: Media['kind']; label: string },
): AppContent | null {
  if (!given) return null;
  const { name } = livingMedia(platform, given.media_id, { kind });
  return { text: `[${label}] ${name}` };
}

type Reader = (fields: ContentFields, platform: Platform) => AppContent | null;

/** How each msgtype is read; null means that its body is missing. */
const READERS: Readonly<Record<string, Reader>> = {
  text: ({ text }) => (text ? { text: cutBytes(text.content, 2048) } : null),
  markdown: ({ markdown }) => (markdown ? { text: cutBytes(markdown.content, 2048) } : null),
  image: ({ image }, platform) => mediaText(platform, image, { kind: 'image', label: '图片' }),
  voice: ({ voice }, platform) => mediaText(platform, voice, { kind: 'voice', label: '语音' }),
  file: ({ file }, platform) => mediaText(platform, file, { kind: 'file', label: '文件' }),
  video: ({ video }, platform) => mediaText(platform, video, { kind: 'video', label: '视频' }),
  textcard: ({ textcard }) => {
    if (!textcard) return null;
    if (Buffer.byteLength(textcard.url) > 2048) throw new ApiError(40058, 'textcard.url');
    const { url, btntxt = '详情' } = textcard;
    const description = cutBytes(textcard.description, 512);
    return { card: { title: cutBytes(textcard.title, 128), description, url, btntxt } };
  },
  news: ({ news }, platform) => (news ? { card: newsCard(platform, news.articles) } : null),
  mpnews: ({ mpnews }, platform) => (mpnews ? { card: mpNewsCard(platform, mpnews.articles) } : null),
  miniprogram_notice: ({ miniprogram_notice: notice }, platform) =>
    notice ? { card: noticeCard(platform, notice) } : null,
  template_card: ({ template_card: card }) => (card ? cardContent(card) : null),
};

/** A template card as members see it. @throws {ApiError} 42014–42049 */
export function cardContent(card: Card): { card: AppCard; controls?: CardControls } {
  const problem = cardProblem(card);
  if (problem !== 0) throw new ApiError(problem, 'template_card');
  const controls = controlsOf(card);
  return { card: glance(card), ...(controls && { controls }) };
}
