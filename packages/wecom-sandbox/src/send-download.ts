import type { Context } from 'koa';

/** Where an answer keeps a file that is sent instead of JSON. */
export const DOWNLOAD = Symbol('download');

/** A file to send. */
export class Download {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;

  constructor(name: string, contentType: string, bytes: Buffer) {
    this.name = name;
    this.contentType = contentType;
    this.bytes = bytes;
  }
}

/** The file of an answer, or null for an answer in JSON. */
export function downloadOf(answer: object): Download | null {
  return DOWNLOAD in answer && answer[DOWNLOAD] instanceof Download ? answer[DOWNLOAD] : null;
}

/** Sends a file, or with a Range header the part of it that was asked for (206). Source: wecom.md §3.14. */
export function sendDownload(ctx: Context, { name, contentType, bytes }: Download): void {
  ctx.type = contentType || 'application/octet-stream';
  ctx.set('Content-disposition', `attachment; filename="${encodeURIComponent(name)}"`);
  ctx.set('Accept-Ranges', 'bytes');
  const range = /^bytes=(\d*)-(\d*)$/.exec(ctx.get('range'));
  if (!range) {
    ctx.body = bytes;
    return;
  }
  const { start, end } = partOf(range, bytes.length);
  if (start > end) {
    ctx.status = 416;
    ctx.set('Content-Range', `bytes */${bytes.length}`);
    return;
  }
  ctx.status = 206;
  ctx.set('Content-Range', `bytes ${start}-${end}/${bytes.length}`);
  ctx.body = bytes.subarray(start, end + 1);
}

/** First and last byte; without a start it is the last so many bytes that are meant. */
function partOf([, from = '', to = '']: RegExpExecArray, size: number): { start: number; end: number } {
  if (from === '') return { start: Math.max(0, size - Number(to)), end: size - 1 };
  return { start: Number(from), end: to === '' ? size - 1 : Math.min(Number(to), size - 1) };
}
