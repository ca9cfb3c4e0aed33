import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Holds } from '../domain/imports/column.ts';
import { csvLine } from '../domain/imports/csv.ts';
import { REASONS_LABEL } from '../domain/imports/header.ts';

/** A file of rejected rows under way. */
export type RejectFile = {
  add: (cells: readonly string[], reasons: readonly string[]) => Promise<void>;
  close: () => Promise<void>;
};

/** Writes rejected rows as they stand in their file, with a column of reasons, so that they can be mended and imported again. */
export async function openRejectFile(
  target: string,
  { titles, holds }: { titles: readonly string[]; holds: readonly Holds[] },
): Promise<RejectFile> {
  const kept = titles.flatMap((title, at) => (title === REASONS_LABEL ? [] : [at])); // without reasons of an earlier import
  const keptHolds = kept.map((at) => holds[at] ?? 'text');
  const stream = createWriteStream(target);
  await once(stream, 'open');
  const write = async (text: string) => {
    if (!stream.write(text)) await once(stream, 'drain');
  };
  await write(`\uFEFF${csvLine([...kept.map((at) => titles[at] ?? ''), REASONS_LABEL])}`);
  return {
    add: (cells, reasons) =>
      write(
        csvLine(
          [...kept.map((at) => cells[at] ?? ''), reasons.join('；'), ...cells.slice(titles.length)],
          keptHolds,
        ),
      ),
    async close() {
      stream.end();
      await finished(stream);
    },
  };
}
