import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { isTrusted } from '../authorize.ts';
import { keepMedia } from '../media-bytes.ts';
import { announce, unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { UploadedFile } from '../read-multipart.ts';
import type { Media, UploadJob } from '../slices/media.ts';
import { nextSecret } from '../state.ts';
import { defineApi } from './define-api.ts';
import { checkMedia } from './media-rules.ts';

const MOST_BYTES = 200 * 1_048_576;
const UNREACHABLE = 40094;
const WRONG_MD5 = 301039;

type Order = { type: 'video' | 'file'; filename: string; url: string; md5: string };

/** The sandbox fetches from this machine and from the trusted domain, from nowhere else. */
function mayFetch({ settings }: Platform, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, protocol } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  return hostname === '127.0.0.1' || hostname === 'localhost' || isTrusted(url, settings.trustedOrigin);
}

/** Fetches and keeps the file. @throws {ApiError} why it did not come to that */
async function fetchFile(platform: Platform, { type, filename, url, md5 }: Order): Promise<Media> {
  const answer = await fetch(url, { redirect: 'error' }).catch(() => null);
  if (!answer?.ok) throw new ApiError(UNREACHABLE);
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (createHash('md5').update(bytes).digest('hex') !== md5.toLowerCase()) throw new ApiError(WRONG_MD5);
  checkMedia(platform.rules, bytes, { kind: type, most: MOST_BYTES });
  const contentType = answer.headers.get('content-type') ?? '';
  return keepMedia(platform, new UploadedFile(filename, contentType, bytes), { kind: type, use: 'media' });
}

/** Works on a job in the background; the end is announced. */
async function work(platform: Platform, job: UploadJob, order: Order): Promise<void> {
  try {
    job.mediaId = (await fetchFile(platform, order)).mediaId;
  } catch (error) {
    job.failure = error instanceof ApiError ? error.errcode : -1;
  }
  announce(platform, {
    queue: `job:${job.jobId}`,
    event: 'upload_media_job_finish',
    isOfApp: true,
    fields: [['JobId', job.jobId]],
  });
  platform.save();
  platform.deliver();
}

const start = defineApi({
  method: 'POST',
  path: '/cgi-bin/media/upload_by_url',
  title: '生成异步上传任务',
  writes: true,
  fields: z.object({
    scene: z.literal(1),
    type: z.enum(['video', 'file']),
    filename: z.string().min(1),
    url: z.string(),
    md5: z.string().regex(/^[0-9a-fA-F]{32}$/),
  }),
  run: (platform, order) => {
    if (!mayFetch(platform, order.url)) throw new ApiError(UNREACHABLE);
    const jobId = nextSecret(platform.state, 'upload job', 43);
    const job: UploadJob = { jobId, createdAt: unixNow(platform), mediaId: '', failure: null };
    platform.state.uploadJobs.push(job);
    void work(platform, job, order);
    return { jobid: jobId };
  },
});

/** 1 running, 2 done, 3 failed. */
const result = defineApi({
  method: 'POST',
  path: '/cgi-bin/media/get_upload_by_url_result',
  title: '查询异步任务结果',
  fields: z.object({ jobid: z.string() }),
  missing: { jobid: 40088 },
  run: ({ state }, { jobid }) => {
    const job = state.uploadJobs.find((candidate) => candidate.jobId === jobid);
    if (!job) throw new ApiError(40088);
    const { mediaId, failure } = job;
    if (failure !== null)
      return { status: 3, detail: { errcode: failure, errmsg: new ApiError(failure).message } };
    if (mediaId === '') return { status: 1 };
    const createdAt = state.media.find((media) => media.mediaId === mediaId)?.createdAt ?? 0;
    return {
      status: 2,
      detail: { errcode: 0, errmsg: 'ok', media_id: mediaId, created_at: String(createdAt) },
    };
  },
});

/** Files of up to 200 MB that the platform fetches by itself. Source: wecom.md §3.14. */
export const uploadByUrlApis = [start, result];
