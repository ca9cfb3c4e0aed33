import type { Head } from '../domain/system/audit.ts';

/** Heads as `audit --heads` and `audit --verify` print them, as text or with `--json`, or as the daily file holds them. */
export function parseHeads(text: string): Head[] {
  return fromJson(text) ?? text.split('\n').flatMap(headOf);
}

const LINE = /^(?:链尾 )?(r?[0-9a-f]{12}) +(\d+) +([0-9a-f]{64})(?: +(\S+))?\s*$/;

function headOf(line: string): Head[] {
  const [, writer, seq, hash] = LINE.exec(line.replace(/^\uFEFF/, '')) ?? [];
  return writer && seq && hash ? [{ writer, seq: Number(seq), hash }] : [];
}

function fromJson(text: string): Head[] | null {
  try {
    const value: unknown = JSON.parse(text);
    const heads: unknown =
      typeof value === 'object' && value !== null && 'heads' in value ? value.heads : value;
    return Array.isArray(heads) ? heads.filter(isHead) : null;
  } catch {
    return null;
  }
}

const isHead = (value: unknown): value is Head =>
  typeof value === 'object' &&
  value !== null &&
  'writer' in value &&
  'seq' in value &&
  'hash' in value &&
  typeof value.writer === 'string' &&
  Number.isInteger(value.seq) &&
  typeof value.hash === 'string';
