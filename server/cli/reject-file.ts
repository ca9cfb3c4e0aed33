import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RowNote } from '../domain/import-report.ts';
import { csvLine } from '../domain/csv.ts';
import { readCells, REASONS_LABEL } from './read-table.ts';

/** Writes the rejected rows as they stand in `file`, with a column of reasons, so that they can be mended and imported again. */
export async function writeRejected(
  file: string,
  target: string,
  rejected: readonly RowNote[],
): Promise<void> {
  await pipeline(Readable.from(linesOf(file, rejected)), createWriteStream(target));
}

async function* linesOf(file: string, rejected: readonly RowNote[]): AsyncGenerator<string> {
  const reasons = new Map(rejected.map((row) => [row.line, row.reasons.join('；')]));
  let kept: number[] | null = null; // the places of the columns, without reasons of an earlier import
  yield '\uFEFF';
  for await (const { line, cells } of readCells(file)) {
    const why = kept ? reasons.get(line) : REASONS_LABEL;
    kept ??= cells.flatMap((cell, at) => (cell.trim() === REASONS_LABEL ? [] : [at]));
    if (why !== undefined) yield csvLine([...kept.map((at) => cells[at] ?? ''), why]);
  }
}
