import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EXPORT_FORMATS, EXPORT_KINDS, type ExportFormat } from '../domain/exports/export-sheets.ts';
import { exportRows } from '../flows/exports/export-rows.ts';
import { UsageError, type Command, type Given } from './command.ts';

/** `export DIR [--format csv|xlsx|jsonl] [--only KINDS]` */
export const exportCommand: Command = {
  name: 'export',
  usage: 'export <folder> [--format csv|xlsx|jsonl] [--only accounts,orders,…]',
  summary: 'writes everything that is kept into a folder, one file for each kind; secrets stay here',
  options: {
    format: {
      type: 'string',
      about: 'csv (default) and xlsx: for spreadsheets and import; jsonl: as it is kept, one thing a line',
    },
    only: { type: 'string', about: `a comma list of: ${EXPORT_KINDS.join(', ')}` },
  },
  async run(open, { words, options }) {
    const [folder, ...rest] = words;
    if (!folder || rest.length > 0) throw new UsageError('请写一个文件夹');
    const format = formatOf(options['format']);
    const kinds = kindsOf(options['only']);
    const context = await open();
    await mkdir(folder, { recursive: true });
    const files: { file: string; rows: number }[] = [];
    for (const kind of kinds) {
      const file = join(folder, `${kind}.${format}`);
      const textOf = (count: Count) => exportRows(context, { kind, format, by: 'export' }, count);
      files.push({ file, rows: await writeWhole(file, textOf) });
    }
    return {
      ok: true,
      data: { files },
      text: files.map(({ file, rows }) => `${file}  ${rows} 行`).join('\n'),
    };
  },
};

type Count = (lines: number) => void;

/** Under its name a file stands only when it is whole. @returns how many rows it has */
async function writeWhole(
  file: string,
  textOf: (count: Count) => AsyncIterable<string | Buffer>,
): Promise<number> {
  let rows = 0;
  await pipeline(
    Readable.from(textOf((lines) => void (rows += lines))),
    createWriteStream(`${file}.part`, { mode: 0o600 }),
  );
  await rename(`${file}.part`, file);
  return rows;
}

/** @throws {UsageError} */
function formatOf(format: Given['options'][string]): ExportFormat {
  const found = EXPORT_FORMATS.find((each) => each === (format ?? 'csv'));
  if (found) return found;
  throw new UsageError(`--format 应为其中之一：${EXPORT_FORMATS.join('、')}`);
}

/** @throws {UsageError} */
function kindsOf(only: Given['options'][string]): readonly string[] {
  if (typeof only !== 'string') return EXPORT_KINDS;
  const kinds = only.split(',').map((kind) => kind.trim());
  const unknown = kinds.filter((kind) => !EXPORT_KINDS.includes(kind));
  if (unknown.length > 0) throw new UsageError(`没有可导出的种类：${unknown.join('、')}`);
  return kinds;
}
