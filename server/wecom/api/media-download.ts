import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { isAxiosError, type AxiosInstance, type AxiosResponse } from 'axios';
import { z } from 'zod';
import type { CallGate } from '../client/call.ts';
import { WecomError, WecomUnreachable } from '../client/error.ts';
import type { CredentialCache } from '../client/credential-cache.ts';

/** What a download needs: it cannot go the way of calls, whose answers are held in memory. */
export type DownloadParts = Pick<CallGate, 'breaker' | 'pace' | 'watch'> & {
  http: AxiosInstance;
  tokens: CredentialCache;
};

/** Which bytes, the last one included; without `to`, up to the end. */
export type ByteRange = { from: number; to?: number };

/** A file under way. `bytes` is what this answer holds, null when WeCom does not say; `isPart` when a range was given. */
export type Download = {
  name: string | null;
  contentType: string;
  bytes: number | null;
  isPart: boolean;
  stream: Readable;
};

const PATH = '/cgi-bin/media/get';
/** To the last byte. */
const LONGEST_MS = 120_000;
const PART = 206;
const Refusal = z.object({ errcode: z.number().int(), errmsg: z.string().default('') });
const LONGEST_REFUSAL = 64 * 1024;

/**
 * Makes the method that opens a file: at most `mostBytes`, then the stream breaks off with WecomUnreachable.
 *
 * @throws {WecomError} 40007 unknown or expired. @throws {WecomUnreachable} when it is too large, as far as WeCom says so.
 */
export function createDownload({ http, tokens, breaker, pace, watch }: DownloadParts) {
  const open = async (token: string, mediaId: string, range: ByteRange | undefined) => {
    const startedAt = performance.now();
    const tell = (outcome: string) =>
      watch.called({ path: PATH, outcome, seconds: (performance.now() - startedAt) / 1000 });
    try {
      const answer = await request(http, { token, mediaId, range });
      if (!isFile(answer)) throw await refusalOf(answer);
      tell('0');
      return answer;
    } catch (error) {
      tell(error instanceof WecomError ? String(error.errcode) : 'unreachable');
      throw error;
    }
  };
  const openFresh = async (mediaId: string, range: ByteRange | undefined) => {
    await pace(PATH);
    const token = await tokens.current();
    try {
      return await open(token, mediaId, range);
    } catch (error) {
      if (!(error instanceof WecomError && error.isStaleToken)) throw error;
      return open(await tokens.renew(token), mediaId, range);
    }
  };
  return async (
    mediaId: string,
    { mostBytes, range }: { mostBytes: number; range?: ByteRange },
  ): Promise<Download> => asDownload(await breaker(PATH, () => openFresh(mediaId, range)), mostBytes);
}

type Asked = { token: string; mediaId: string; range: ByteRange | undefined };

async function request(
  http: AxiosInstance,
  { token, mediaId, range }: Asked,
): Promise<AxiosResponse<Readable>> {
  try {
    return await http.get<Readable>(PATH, {
      params: { media_id: mediaId, access_token: token },
      ...(range ? { headers: { Range: `bytes=${range.from}-${range.to ?? ''}` } } : {}),
      responseType: 'stream',
      decompress: false,
      timeout: 0,
      signal: AbortSignal.timeout(LONGEST_MS),
      maxRedirects: 0,
    });
  } catch (error) {
    throw asUnreachable(error);
  }
}

/** A refusal is JSON without a file name. */
const isFile = ({ headers }: AxiosResponse) => Boolean(headers['content-disposition']);

async function refusalOf({ data }: AxiosResponse<Readable>): Promise<Error> {
  const said = await text(limited(data, LONGEST_REFUSAL));
  const refusal = Refusal.safeParse(parsed(said));
  if (!refusal.success) return new WecomUnreachable(PATH, 'neither a file nor a refusal', false);
  return new WecomError(refusal.data.errcode, refusal.data.errmsg, PATH);
}

function parsed(said: string): unknown {
  try {
    return JSON.parse(said) as unknown;
  } catch {
    return null; // no JSON is no refusal, and is told so
  }
}

function asDownload({ data, headers, status }: AxiosResponse<Readable>, mostBytes: number): Download {
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (length > mostBytes) {
    data.destroy();
    throw tooLarge();
  }
  return {
    name: nameIn(String(headers['content-disposition'])),
    contentType: String(headers['content-type'] ?? 'application/octet-stream'),
    bytes: Number.isNaN(length) ? null : length,
    isPart: status === PART,
    stream: Readable.from(limited(data, mostBytes)),
  };
}

async function* limited(data: Readable, mostBytes: number): AsyncGenerator<Uint8Array> {
  let seen = 0;
  try {
    for await (const chunk of data as AsyncIterable<Uint8Array>) {
      seen += chunk.byteLength;
      if (seen > mostBytes) throw tooLarge();
      yield chunk;
    }
  } catch (error) {
    throw asUnreachable(error);
  }
}

/** `filename="a.jpg"`, or the newer form with percent signs, which wins. */
function nameIn(disposition: string): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? null;
}

const tooLarge = () => new WecomUnreachable(PATH, 'the answer is too large', false);

function asUnreachable(error: unknown): WecomUnreachable {
  if (error instanceof WecomUnreachable) return error;
  if (isAxiosError(error) && error.response)
    return new WecomUnreachable(PATH, `HTTP ${error.response.status}`, false);
  const isLate = isAxiosError(error) && error.code === 'ERR_CANCELED';
  return new WecomUnreachable(PATH, isLate ? 'time-out' : 'the connection broke', false);
}
