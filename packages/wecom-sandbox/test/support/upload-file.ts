import type { openSmall } from './open-small.ts';
import type { Answer } from './open-small.ts';

type Opened = Awaited<ReturnType<typeof openSmall>>;

/** The beginnings of files, by which the platform knows their format. */
export const BEGINNINGS = {
  jpg: Buffer.from('ffd8ffe000104a46', 'hex'),
  png: Buffer.from('89504e470d0a1a0a', 'hex'),
  amr: Buffer.from('#!AMR\n'),
  mp4: Buffer.concat([Buffer.from('00000018', 'hex'), Buffer.from('ftypmp42')]),
  txt: Buffer.from('plain text'),
};

/** So many bytes of a format. */
export function aFile(format: keyof typeof BEGINNINGS, size = 64): Buffer {
  return Buffer.concat([BEGINNINGS[format], Buffer.alloc(Math.max(0, size))]).subarray(0, size);
}

/** Sends a file as a form. */
export async function upload(
  { platform, token }: Opened,
  path: string,
  { query = {}, field = 'media', name = 'a.bin', bytes }: UploadWish,
): Promise<Answer> {
  const form = new FormData();
  form.set(field, new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }), name);
  const search = new URLSearchParams({ access_token: await token(), ...query });
  const answer = await fetch(`${platform.origin}/cgi-bin/${path}?${search}`, { method: 'POST', body: form });
  return answer.json();
}

type UploadWish = { query?: Record<string, string>; field?: string; name?: string; bytes: Buffer };

/** A media_id that messages accept. */
export async function aMediaId(opened: Opened, type: 'image' | 'voice' | 'video' | 'file'): Promise<string> {
  const format = { image: 'png', voice: 'amr', video: 'mp4', file: 'txt' } as const;
  const bytes = aFile(format[type]);
  const answer = await upload(opened, 'media/upload', { query: { type }, bytes, name: `a.${format[type]}` });
  return String(answer['media_id']);
}
