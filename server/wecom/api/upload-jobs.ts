import { z } from 'zod';
import { code, count, instantOrNull, words } from '../client/answer-shapes.ts';
import { defineCall } from '../client/define-call.ts';
import { id } from '../client/request-shapes.ts';

/** A file of at most 200 MB on the web; `md5` in hex. */
export type RemoteFile = { kind: 'video' | 'file'; name: string; url: string; md5: string };

/** Makes WeCom fetch a file. */
export const uploadFromUrl = defineCall({
  path: '/cgi-bin/media/upload_by_url',
  request: z.strictObject({
    scene: z.literal(1),
    type: z.enum(['video', 'file']),
    filename: id,
    url: z.url({ protocol: /^https?$/, error: 'is no address' }),
    md5: z.string().regex(/^[0-9a-f]{32}$/i, 'has 32 hex digits'),
  }),
  encode: ({ kind, name, url, md5 }: RemoteFile) => ({
    scene: 1 as const,
    type: kind,
    filename: name,
    url,
    md5,
  }),
  answer: z.object({ jobid: z.string().min(1) }),
  decode: ({ jobid: jobId }) => jobId,
});

const STATES = { 1: 'running', 2: 'done', 3: 'failed' } as const;
const stateOf = (status: number) => (status === 2 || status === 3 ? STATES[status] : STATES[1]);

/** What became of a job; `errcode` tells why it failed. */
export const uploadResult = defineCall({
  path: '/cgi-bin/media/get_upload_by_url_result',
  request: z.strictObject({ jobid: id }),
  encode: (jobId: string) => ({ jobid: jobId }),
  answer: z.object({
    status: code,
    detail: z.object({ errcode: count, media_id: words, created_at: instantOrNull }).nullish(),
  }),
  decode: ({ status, detail }) => ({
    state: stateOf(status),
    errcode: detail?.errcode ?? 0,
    mediaId: detail?.media_id || null,
    createdAt: detail?.created_at ?? null,
  }),
});
