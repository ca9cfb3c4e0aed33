import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import { bytes } from './field-limits.ts';
import { livingMedia } from './find-media.ts';

export const momentFields = z.object({
  text: z.object({ content: z.string() }).optional(),
  attachments: z.array(z.record(z.string(), z.unknown())).default([]),
});

const media = z.object({ media_id: z.string() });
const link = z.object({ title: bytes(64).optional(), url: z.string().min(1), media_id: z.string() });

/** How many of each kind a moment may have; kinds cannot be mixed. */
const MOST: Readonly<Record<string, number>> = { image: 9, video: 1, link: 1 };

/** @throws {ApiError} 40058 in the platform's own words, 40007 for media that were not uploaded for moments. */
export function checkMomentContent(platform: Platform, fields: z.infer<typeof momentFields>): void {
  const { attachments } = fields;
  const text = fields.text?.content ?? '';
  if (text.length > 2000 || (text === '' && attachments.length === 0))
    throw new ApiError(40058, 'invalid text size');
  const [first] = attachments;
  if (first) checkAttachments(platform, String(first['msgtype']), attachments);
}

function checkAttachments(platform: Platform, kind: string, attachments: Record<string, unknown>[]): void {
  const most = MOST[kind];
  if (most === undefined || attachments.some((attachment) => attachment['msgtype'] !== kind))
    throw new ApiError(40058, 'invalid attachments msgtype');
  if (attachments.length > most) throw new ApiError(40058, 'invalid attachments size');
  for (const attachment of attachments) checkAttachment(platform, kind, attachment[kind]);
}

function checkAttachment(platform: Platform, kind: string, content: unknown): void {
  const read = (kind === 'link' ? link : media).safeParse(content);
  if (!read.success) throw new ApiError(40058, `attachments.${kind}`);
  livingMedia(platform, read.data.media_id, { kind: kind === 'video' ? 'video' : 'image', use: 'moments' });
}
