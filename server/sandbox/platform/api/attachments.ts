import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { LinkCard } from '../state.ts';

/** Text and attachments of welcome and mass messages. Source: wecom.md §3.6. */
export const letterFields = z.object({
  text: z.object({ content: z.string() }).optional(),
  attachments: z.array(z.record(z.string(), z.unknown())).max(9).default([]),
});

/** A link attachment; a missing picture or description is empty. */
const linkFields = z.object({
  title: z.string().min(1),
  url: z.string().min(1),
  picurl: z.string().default(''),
  desc: z.string().default(''),
});

/** Attachments that are accepted but not shown: the sandbox keeps no media. */
const MEDIA = new Set(['image', 'miniprogram', 'video', 'file']);

/** @throws {ApiError} 40058 when there is neither text nor attachment, when something is too long, or of a wrong kind. */
export function letterOf(fields: z.infer<typeof letterFields>): { text: string; links: LinkCard[] } {
  const text = fields.text?.content ?? '';
  if (text === '' && fields.attachments.length === 0) throw new ApiError(40058, 'text');
  if (Buffer.byteLength(text) > 4000) throw new ApiError(40058, 'text.content');
  return { text, links: fields.attachments.flatMap(linkOf) };
}

/** A link to show, or nothing for media. @throws {ApiError} 40058 */
function linkOf(attachment: Record<string, unknown>): LinkCard[] {
  const kind = String(attachment['msgtype']);
  if (MEDIA.has(kind) && typeof attachment[kind] === 'object') return [];
  const link = linkFields.safeParse(attachment['link']);
  const isFine = kind === 'link' && link.success;
  if (!isFine) throw new ApiError(40058, `attachments.${kind}`);
  const { title, desc } = link.data;
  if (Buffer.byteLength(title) > 128 || Buffer.byteLength(desc) > 512)
    throw new ApiError(40058, 'attachments.link');
  return [link.data];
}
