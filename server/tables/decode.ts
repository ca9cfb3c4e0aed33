import { createReadStream } from 'node:fs';
import { RefusedFile } from './refused-file.ts';

/** What `--encoding` takes, by the name that a decoder knows. */
export const ENCODINGS: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['gbk', 'gb18030'],
  ['gb2312', 'gb18030'],
  ['gb18030', 'gb18030'],
  ['utf-16', 'utf-16le'],
  ['utf-16le', 'utf-16le'],
  ['utf-16be', 'utf-16be'],
  ['big5', 'big5'],
]);

const MARKS: readonly (readonly [string, string])[] = [
  ['efbbbf', 'utf-8'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

/** The encoding of a text file: by its mark, by its noughts (UTF-16), UTF-8 where it is valid, else GB18030, as Excel in China saves CSV. @throws {RefusedFile} */
export async function encodingOf(file: string): Promise<string> {
  const head = await headOf(file);
  const marked = MARKS.find(([mark]) => head.toString('hex', 0, 3).startsWith(mark))?.[1] ?? null;
  const wide = marked ?? wideOf(head);
  if (wide && wide !== 'utf-8') return wide;
  if (await isValid(file, 'utf-8')) return 'utf-8';
  return otherThanUtf8(file, marked !== null);
}

async function otherThanUtf8(file: string, isMarked: boolean): Promise<string> {
  const { broken, chinese, line } = await scanUtf8(file);
  if (isMarked || chinese > broken / 4)
    throw new RefusedFile(
      `第 ${line} 行附近有不是 UTF-8 的字节，文件可能混用了两种编码；请在表格软件中另存为“CSV UTF-8”或 XLSX`,
    );
  if (await isValid(file, 'gb18030')) return 'gb18030';
  throw new RefusedFile(
    '文件的编码既不是 UTF-8 也不是 GBK，请另存为“CSV UTF-8”或 XLSX，或用 --encoding 指明',
  );
}

/** The first bytes of a file. */
export async function headOf(file: string, bytes = 65_536): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(file, { end: bytes - 1 }) as AsyncIterable<Buffer>)
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** UTF-16 without a mark: commas, digits and line ends have a nought behind or before them. */
function wideOf(head: Buffer): string | null {
  const noughts = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) noughts[at % 2] = (noughts[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = noughts;
  if (even + odd < head.length / 50) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

async function isValid(file: string, encoding: string): Promise<boolean> {
  try {
    for await (const _text of textOf(file, encoding));
    return true;
  } catch (error) {
    if (error instanceof RefusedFile) return false;
    throw error;
  }
}

/** How a file that is not UTF-8 would read as if it were: letters lost, Chinese letters found, the line of the first loss. */
async function scanUtf8(file: string): Promise<{ broken: number; chinese: number; line: number }> {
  const found = { broken: 0, chinese: 0, line: 1 };
  const decoder = new TextDecoder('utf-8');
  for await (const bytes of createReadStream(file) as AsyncIterable<Buffer>) {
    const text = decoder.decode(bytes, { stream: true });
    const before = found.broken === 0 ? (text.split('\uFFFD')[0] ?? '') : '';
    found.line += before.split('\n').length - 1;
    found.broken += text.split('\uFFFD').length - 1;
    found.chinese += text.match(/[\u4E00-\u9FFF]/g)?.length ?? 0;
  }
  return found;
}

/** The text of a file, piece by piece, without its byte order mark. @throws {RefusedFile} at bytes that are no text in this encoding */
export async function* textOf(file: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const bytes = createReadStream(file) as AsyncIterable<Buffer>;
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new RefusedFile(`文件不是 ${encoding} 编码，请用 --encoding 指明正确的编码，或另存为 XLSX`, {
      cause: error,
    });
  }
}
