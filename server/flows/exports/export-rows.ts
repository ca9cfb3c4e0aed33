import type { Context } from '../../context.ts';
import { csvLine } from '../../domain/imports/csv.ts';
import type { Lookup, Sheet } from '../../domain/exports/export-cells.ts';
import { sheetFor, type ExportFormat } from '../../domain/exports/export-sheets.ts';
import { shownEntry } from '../../domain/system/webhook.ts';
import { batchesOf } from '../../infra/streams.ts';
import { xlsxOf } from '../../tables/write-xlsx.ts';

type Needs = Pick<Context, 'accounts' | 'audit' | 'exports' | 'settings' | 'site' | 'now'>;

/** A file to write: `jsonl` holds what is kept as it is, one thing a line; `csv` and `xlsx` are for people and for `import`. */
export type ExportRequest = { kind: string; format: ExportFormat; by: string };

type Count = (lines: number) => void;

const BATCH = 500;
/** Spreadsheets read a file as UTF-8 only when it says so. */
const BOM = '\uFEFF';

/** The content of one file, piece by piece; never all of it at once. `count` hears of every line but the header. */
export async function* exportRows(
  context: Needs,
  { kind, format, by }: ExportRequest,
  count: Count,
): AsyncGenerator<string | Buffer> {
  await context.audit.note([
    { by, at: context.now(), act: 'export', subject: kind, from: null, to: { format } },
  ]);
  if (format === 'jsonl') return yield* linesOf(context, kind, count);
  const { header, holds, rowsOf } = sheetFor(kind, (await context.settings.read()).customFields);
  const batches = tablesOf(context, kind, { rowsOf, count });
  if (format === 'xlsx') return yield* xlsxOf({ name: kind, header, holds, batches });
  yield BOM + csvLine(header);
  for await (const rows of batches) yield rows.map((cells) => csvLine(cells, holds)).join('');
}

async function* linesOf(context: Needs, kind: string, count: Count): AsyncGenerator<string> {
  for await (const batch of shownBatches(context, kind)) {
    count(batch.length);
    yield batch.map((kept) => `${JSON.stringify(kept)}\n`).join('');
  }
}

/** What is kept, with what of the record nobody may see left out. */
async function* shownBatches({ exports }: Needs, kind: string) {
  for await (const batch of batchesOf(exports.rows(kind), BATCH))
    yield batch.map((each) => ('act' in each ? shownEntry({ ...each, act: String(each.act) }) : each));
}

async function* tablesOf(
  context: Needs,
  kind: string,
  { rowsOf, count }: { rowsOf: Sheet['rowsOf']; count: Count },
): AsyncGenerator<string[][]> {
  for await (const batch of shownBatches(context, kind)) {
    const lookup = await lookupFor(context, batch);
    const rows = batch.flatMap((kept) => rowsOf(kept, lookup));
    count(rows.length);
    yield rows;
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
