import { extname } from 'node:path';
import { z } from 'zod';
import { instant } from '../client/answer-shapes.ts';
import type { WecomCall } from '../client/call.ts';
import { checkRequest } from '../client/define-call.ts';
import { WecomError } from '../client/error.ts';
import { createDownload, type DownloadParts } from './media-download.ts';
import { whole } from '../client/request-shapes.ts';
import type { CacheStore } from '../client/cache-store.ts';
import { uploadFromUrl, uploadResult } from './upload-jobs.ts';

/** What WeCom takes. Source: wecom.md §3.14; sizes in bytes, a file has more than five. */
const KINDS = {
  image: {
    most: 10 * 1024 ** 2,
    types: { '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.png': 'image/png' },
  },
  voice: { most: 2 * 1024 ** 2, types: { '.amr': 'audio/amr' } },
  video: { most: 10 * 1024 ** 2, types: { '.mp4': 'video/mp4' } },
  file: { most: 20 * 1024 ** 2, types: null },
} as const;
const LEAST = 6;
const LARGEST_PICTURE = 2 * 1024 ** 2;

export type MediaKind = keyof typeof KINDS;

/** Something to upload; people see the name. */
export type MediaFile = { kind: MediaKind; name: string; content: Uint8Array };

/** WeCom keeps it for three days. */
export type Media = { mediaId: string; createdAt: Date };

const ROOT = '/cgi-bin/media';
const UploadAnswer = z.object({ media_id: z.string().min(1), created_at: instant });
/** A media id is used for less than its three days. */
const FRESH_MS = 60 * 3600 * 1000;
const EXPIRED = 40007;

/** For what an attachment is meant. */
const ATTACHMENTS = { moment: 1, album: 2 } as const;

/** Files. Those for messages live three days. @see https://developer.work.weixin.qq.com/document/path/90253, 90256, 95098 */
export function createMediaApi(
  call: WecomCall,
  { shelf, corpId, ...door }: DownloadParts & { shelf: CacheStore; corpId: string },
) {
  const put = async (path: string, query: Record<string, string>, file: MediaFile): Promise<Media> => {
    const body = formOf(path, file, KINDS[file.kind].most);
    const { media_id: mediaId, created_at: createdAt } = await call(path, {
      query,
      body,
      answer: UploadAnswer,
    });
    return { mediaId, createdAt };
  };
  const upload = (file: MediaFile) => put(`${ROOT}/upload`, { type: file.kind }, file);
  return {
    /** Uploads for messages. */
    upload,
    /** Uploads for moments (`moment`) or the product album (`album`); image, video or file. */
    uploadAttachment: (
      file: MediaFile & { kind: 'image' | 'video' | 'file' },
      use: keyof typeof ATTACHMENTS,
    ) =>
      put(
        `${ROOT}/upload_attachment`,
        { media_type: file.kind, attachment_type: String(ATTACHMENTS[use]) },
        file,
      ),
    /** Uploads a picture of at most 2 MB for ever. @returns its address, for texts and attachments */
    async uploadImage(file: Omit<MediaFile, 'kind'>): Promise<string> {
      const path = `${ROOT}/uploadimg`;
      const body = formOf(path, { ...file, kind: 'image' }, LARGEST_PICTURE);
      return (await call(path, { body, answer: z.object({ url: z.string().min(1) }) })).url;
    },
    /** Makes WeCom fetch a large video or file. @returns the id of the job, which an event ends */
    uploadFromUrl: uploadFromUrl(call),
    /** What became of such a job. */
    uploadResult: uploadResult(call),
    /** Opens a file as a stream; nothing is kept. @throws {WecomError} 40007 when its time is over. */
    download: createDownload(door),
    ...createFresh(shelf, corpId, upload),
  };
}

type Load = () => Promise<MediaFile>;

/** Uploads that are used again as long as WeCom keeps them. */
function createFresh(shelf: CacheStore, corpId: string, upload: (file: MediaFile) => Promise<Media>) {
  const shelved = (key: string) => `media:${corpId}:${key}`;
  const keep = async (key: string, load: Load) => {
    const { mediaId } = await upload(await load());
    await shelf.set(shelved(key), mediaId, FRESH_MS);
    return mediaId;
  };
  const fresh = async (key: string, load: Load) => (await shelf.get(shelved(key))) ?? keep(key, load);
  return {
    /** The media id of what `load` gives, uploaded only when the last upload is older than two and a half days. */
    fresh,
    /** Uses such a media id; when WeCom calls it expired, uploads anew and tries once more. */
    async withFresh<Result>(
      key: string,
      load: Load,
      use: (mediaId: string) => Promise<Result>,
    ): Promise<Result> {
      const mediaId = await fresh(key, load);
      try {
        return await use(mediaId);
      } catch (error) {
        if (!(error instanceof WecomError && error.errcode === EXPIRED)) throw error;
        return use(await keep(key, load));
      }
    },
  };
}

/** The multipart body. @throws {WecomLimitError} for a size or kind of file that WeCom does not take. */
function formOf(path: string, { kind, name, content }: MediaFile, most: number): FormData {
  const { types } = KINDS[kind];
  const contentType = types ? typeOf(types, name) : 'application/octet-stream';
  const media = { filename: name, 'content-type': contentType, filelength: content.byteLength };
  const shape = z.strictObject({
    filename: z.string().min(1, 'is missing'),
    'content-type': z.string().min(1, `says no ${kind}: ${Object.keys(types ?? {}).join(', ')} only`),
    filelength: whole(LEAST, most),
  });
  checkRequest(path, z.strictObject({ media: shape }), { media });
  const form = new FormData();
  form.append('media', new Blob([new Uint8Array(content)], { type: contentType }), name);
  return form;
}

const typeOf = (types: Readonly<Record<string, string>>, name: string) =>
  types[extname(name).toLowerCase()] ?? '';
