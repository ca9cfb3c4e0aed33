import type { Context } from 'koa';
import rawBody from 'raw-body';
import { ApiError } from './api-error.ts';

/** Bigger requests are not read at all. */
const LIMIT = '32mb';

/** A file of a multipart request; its bytes stay out of logs and JSON. */
export class UploadedFile {
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly #bytes: Buffer;

  constructor(name: string, contentType: string, bytes: Buffer) {
    this.name = name;
    this.contentType = contentType;
    this.size = bytes.length;
    this.#bytes = bytes;
  }

  /** The content. */
  bytes(): Buffer {
    return this.#bytes;
  }
}

/** Whether the request carries files. */
export function isMultipart(ctx: Context): boolean {
  return ctx.is('multipart/form-data') !== false && ctx.is('multipart/form-data') !== null;
}

/** Texts as they are and files as `UploadedFile`, by field. @throws {ApiError} 45001 too big, 44001 not readable */
export async function readMultipart(ctx: Context): Promise<Record<string, unknown>> {
  const body = await rawBody(ctx.req, { limit: LIMIT }).catch((error: unknown) => {
    throw new ApiError(45001, String(error));
  });
  const headers = { 'content-type': ctx.get('content-type') };
  const form = await new Response(new Uint8Array(body), { headers }).formData().catch(() => {
    throw new ApiError(44001);
  });
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form) fields[name] = typeof value === 'string' ? value : await fileOf(value);
  return fields;
}

async function fileOf(file: File): Promise<UploadedFile> {
  return new UploadedFile(file.name, file.type, Buffer.from(await file.arrayBuffer()));
}
