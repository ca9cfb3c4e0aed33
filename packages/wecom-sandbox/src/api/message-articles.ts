import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import type { AppCard } from '../state.ts';
import { checkMiniProgram } from './attachments.ts';
import { bytes } from './field-limits.ts';
import { livingMedia } from './find-media.ts';

/** An article leads to a URL or into a mini program. */
export const articleFields = z
  .object({
    title: bytes(128).min(1),
    description: bytes(512).default(''),
    url: bytes(2048).default(''),
    picurl: z.string().optional(),
    appid: z.string().optional(),
    pagepath: z.string().optional(),
  })
  .refine((article) => article.url !== '' || Boolean(article.appid && article.pagepath));

/** An article whose text is kept by the platform. */
export const mpArticleFields = z.object({
  title: bytes(128).min(1),
  thumb_media_id: z.string(),
  author: bytes(64).optional(),
  content_source_url: z.string().default(''),
  content: bytes(666 * 1024),
  digest: bytes(512).default(''),
});

/** Lengths of the pairs are refused by errcodes of their own. */
export const noticeFields = z.object({
  appid: z.string().optional(),
  page: z.string().optional(),
  title: z.string().min(4).max(12),
  description: z.string().min(4).max(12),
  emphasis_first_item: z.boolean().optional(),
  content_item: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
});

/** One to eight articles; members see the first. @throws {ApiError} 45008 */
function firstOf<Article>(articles: Article[]): Article {
  const [first] = articles;
  if (first === undefined || articles.length > 8) throw new ApiError(45008);
  return first;
}

/** @throws {ApiError} 45008, 90206, 90207 */
export function newsCard(platform: Platform, articles: z.infer<typeof articleFields>[]): AppCard {
  const { title, description, url } = firstOf(articles);
  for (const { appid } of articles) if (appid) checkMiniProgram(platform, appid);
  return { title, description, url, btntxt: '阅读全文' };
}

/** @throws {ApiError} 45008, 40007 for a thumbnail */
export function mpNewsCard(platform: Platform, articles: z.infer<typeof mpArticleFields>[]): AppCard {
  const { title, digest, content_source_url: url } = firstOf(articles);
  for (const article of articles) livingMedia(platform, article.thumb_media_id, { kind: 'image' });
  return { title, description: digest, url, btntxt: '阅读全文' };
}

const isOff = (text: string, most: number) => text.length === 0 || text.length > most;

/** @throws {ApiError} 90200 without mini program, 90201 too many pairs, 90202 key, 90203 value, 90206, 90207 */
export function noticeCard(platform: Platform, notice: z.infer<typeof noticeFields>): AppCard {
  if (!notice.appid) throw new ApiError(90200);
  checkMiniProgram(platform, notice.appid);
  const { content_item: items } = notice;
  if (items.length > 10) throw new ApiError(90201);
  if (items.some(({ key }) => isOff(key, 10))) throw new ApiError(90202);
  if (items.some(({ value }) => isOff(value, 30))) throw new ApiError(90203);
  const lines = items.map(({ key, value }) => `${key} ${value}`);
  return {
    title: notice.title,
    description: [notice.description, ...lines].join('\n'),
    url: '',
    btntxt: '进入小程序',
  };
}
