import type { Context } from '../../context.ts';
import { csvLine } from '../../domain/csv.ts';
import type { Lookup } from '../../domain/export-cells.ts';
import { sheetFor } from '../../domain/export-sheets.ts';
import { shownEntry } from '../../domain/webhook.ts';
import { batchesOf } from '../../streams.ts';

type Needs = Pick<Context, 'accounts' | 'audit' | 'exports' | 'settings' | 'site' | 'now'>;

/** A file to write: `jsonl` holds what is kept as it is, one thing a line; `csv` is for people and for `import`. */
export type ExportWish = { kind: string; format: 'csv' | 'jsonl'; by: string };

const BATCH = 500;
/** Spreadsheets read a file as UTF-8 only when it says so. */
const BOM = '\uFEFF';

/** The text of one file, piece by piece; never all of it at once. `count` hears of every line but the header. */
export async function* exportRows(
  context: Needs,
  { kind, format, by }: ExportWish,
  count: (lines: number) => void,
): AsyncGenerator<string> {
  await context.audit.note([
    { by, at: context.now(), act: 'export', subject: kind, from: null, to: { format } },
  ]);
  const sheet = sheetFor(kind, (await context.settings.read()).customFields);
  if (format === 'csv') yield BOM + csvLine(sheet.header);
  for await (const kept of batchesOf(context.exports.rows(kind), BATCH)) {
    const batch = kept.map((each) => ('act' in each ? shownEntry({ ...each, act: String(each.act) }) : each));
    const lookup = format === 'csv' ? await lookupFor(context, batch) : null;
    const lines = lookup
      ? batch.flatMap((each) => sheet.rowsOf(each, lookup)).map(csvLine)
      : batch.map((each) => `${JSON.stringify(each)}\n`);
    count(lines.length);
    yield lines.join('');
  }
}

/** The accounts that these things belong to. */
async function lookupFor(
  { accounts, site }: Needs,
  batch: readonly { accountId?: string | null }[],
): Promise<Lookup> {
  const ids = [...new Set(batch.flatMap(({ accountId }) => accountId ?? []))];
  const found = ids.length > 0 ? await accounts.findMany(ids) : [];
  const names = new Map(found.map(({ _id, name, externalId = '' }) => [_id, { name, externalId }]));
  return {
    timeZone: site.timeZone,
    accountOf: (accountId) => names.get(accountId ?? '') ?? { name: '', externalId: '' },
  };
}
