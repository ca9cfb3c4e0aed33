import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { StartError } from './start-error.ts';

/** How `.env` is written. Windows' Notepad writes UTF-16 as “Unicode” and, on Chinese systems, GBK as “ANSI”. */
export type EnvEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

/** The settings in `.env`, and how it is written; null without the file. @throws {StartError} it cannot be read */
export function readEnvFile(file = '.env'): { values: Record<string, string>; encoding: EnvEncoding } | null {
  if (!existsSync(file)) return null;
  const bytes = bytesOf(file);
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes); // leaves a BOM out
  const values = Object.entries(parseEnv(text.replaceAll('\r\n', '\n')));
  return {
    values: Object.fromEntries(values.map(([name, value]) => [name, value ?? ''])),
    encoding,
  };
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new StartError(`${file} cannot be read (${code}). It must be a file that this user may read.`, {
      cause: error,
    });
  }
}

/** By its BOM, else UTF-8 where that reads without a fault, else GBK. */
function encodingOf(bytes: Buffer): EnvEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}
