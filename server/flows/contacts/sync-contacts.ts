import type { Context } from '../../context.ts';
import type { SetAside } from '../../domain/sync/drift.ts';
import {
  memberBatches,
  spelledRows,
  spelledStrays,
  spellingOf,
  type KnownMember,
} from '../../domain/sync/sync-batch.ts';
import {
  believedMissing,
  createBatch,
  noteNews,
  setAsideMember,
  setAsideRows,
  type Batch,
} from '../../domain/sync/sync-reading.ts';
import { isResumable, unlicensedText } from '../../domain/sync/sync-run.ts';
import type { SyncRun } from '../../store/syncs.ts';
import { batchesOf, eachAtOnce, halveRefused, readAhead } from '../../infra/streams.ts';
import type { ContactRow, PageListeners, StrayRow } from '../../wecom/api/contacts.ts';
import { WecomError } from '../../wecom/client/error.ts';

type Needs = Pick<Context, 'contactPages' | 'relations' | 'syncs' | 'notices' | 'wecom' | 'now'>;

/** `isFull`: begin anew, whatever an earlier run had done. `acceptsLosses`: believe even a suspicious answer. */
export type SyncOptions = {
  isFull?: boolean;
  acceptsLosses?: boolean;
  aside?: readonly SetAside[]; // what could not be read before, for the report
  tell?: (progress: SyncProgress) => void;
};

/** How far the reading is. */
export type SyncProgress = { doneStaff: number; staff: number; rows: number };

/** So many batches are read at once. */
const LANES = 3;
/** So many pages are written at once, while the next are read. */
const PAGES_AT_ONCE = 5;
const BAD_CURSOR = 50100;
const ALL_UNLICENSED = 701008;

/** What all batches of a run share. */
type Reading = {
  run: SyncRun;
  nameOf: (told: string) => string;
  unlicensed: Set<string>;
  /** How many were read, and the last refusal: when nobody could be read, it is not about one of them. */
  read: number;
  refusal: unknown;
  acceptsLosses: boolean;
  tell: (rows: number, staff: number) => void;
};

/**
 * Reads every page of every follower and writes what differs. A relation of theirs that is on no page is kept as missing; see
 * `detect-unlisted-relations` for those of others, and `mark-lost`. Goes on where a run that was cut short had ended, so that nobody's pages are read twice.
 *
 * @returns the run, still open; see `end-sync`.
 */
export async function syncContacts(
  context: Needs,
  staffIds: readonly string[],
  options: SyncOptions = {},
): Promise<SyncRun> {
  const isFirst = !(await context.syncs.hasEnded());
  const run = await openRun(context, { isFull: options.isFull ?? false, isFirst });
  await context.syncs.note(run._id, { aside: [...(options.aside ?? [])] });
  const kept = await context.relations.countActiveByStaff();
  const nameOf = spellingOf(staffIds, kept.keys());
  const members = [...new Set(staffIds.map(nameOf))];
  const open = members
    .filter((staffId) => !run.doneStaff.includes(staffId))
    .map((staffId) => ({ staffId, known: kept.get(staffId) ?? 0 }));
  const reading: Reading = {
    run,
    nameOf,
    unlicensed: new Set(),
    read: members.length - open.length,
    refusal: null,
    acceptsLosses: options.acceptsLosses ?? false,
    tell: teller(options, { doneStaff: members.length - open.length, staff: members.length, rows: 0 }),
  };
  const batches = memberBatches(open, { lanes: LANES, isFirst });
  await eachAtOnce(batches, LANES, (batch) => syncBatch(context, reading, batch));
  if (reading.refusal && reading.read === 0) throw reading.refusal;
  await tellUnlicensed(context, reading.unlicensed.size);
  return context.syncs.find(run._id);
}

async function openRun({ syncs, now }: Needs, kind: Pick<SyncRun, 'isFull' | 'isFirst'>): Promise<SyncRun> {
  const latest = await syncs.latest();
  if (!latest || kind.isFull || !isResumable(latest, now())) return syncs.begin(kind, now());
  await syncs.fail(latest._id, null);
  return latest;
}

function teller({ tell }: SyncOptions, progress: SyncProgress): Reading['tell'] {
  return (rows, staff) => {
    progress.rows += rows;
    progress.doneStaff += staff;
    tell?.({ ...progress });
  };
}

async function syncBatch(context: Needs, reading: Reading, members: readonly KnownMember[]): Promise<void> {
  const { run } = reading;
  const batch = createBatch(
    members.map(({ staffId }) => staffId),
    { readAt: context.now(), isNameless: run.isFirst },
  );
  try {
    for await (const { staffId, externalUserId } of context.relations.activeKeysOf(batch.staffIds))
      batch.unseen.get(staffId)?.add(externalUserId);
    const known = new Map([...batch.unseen].map(([staffId, ids]) => [staffId, ids.size]));
    batch.isNews = [...known.values()].every((count) => count === 0);
    const refused = await readBatch(context, reading, batch);
    await context.syncs.keepMissing(run._id, believedMissing(batch, { ...reading, known }));
    const doneStaff = batch.staffIds.filter((staffId) => !refused.has(staffId));
    reading.read += doneStaff.length;
    await context.syncs.note(run._id, { doneStaff, aside: batch.aside, ...batch.count.report() });
  } catch (error) {
    batch.count.forgetRows(batch.staffIds);
    await context.syncs.note(run._id, batch.count.report());
    throw error;
  }
  reading.tell(0, members.length);
}

const isOfPart = (error: unknown) => error instanceof WecomError && error.isOfPart;

/** Reads a batch, in halves where WeCom refuses it because of somebody. @returns whom it refuses by themselves; they stay as they are */
async function readBatch(context: Needs, reading: Reading, batch: Batch): Promise<Set<string>> {
  const read = (staffIds: readonly string[]) =>
    readMembers(context, reading, { ...batch, staffIds: [...staffIds] });
  const refused = await halveRefused(batch.staffIds, read, isOfPart);
  for (const { item: staffId, error } of refused) {
    reading.refusal = error;
    setAsideMember(batch, staffId, error instanceof WecomError ? String(error.errcode) : '');
  }
  return new Set(refused.map(({ item }) => item));
}

/** Reads members together; once more from the start when WeCom has forgotten the cursor. */
async function readMembers(context: Needs, reading: Reading, batch: Batch): Promise<void> {
  batch.count.forgetRows(batch.staffIds); // of a larger batch that was refused on a later page
  try {
    await readPages(context, reading, batch);
  } catch (error) {
    if (!(error instanceof WecomError && error.errcode === BAD_CURSOR)) throw error;
    batch.count.forgetRows(batch.staffIds);
    await readPages(context, reading, batch);
  }
}

async function readPages(context: Needs, reading: Reading, batch: Batch): Promise<void> {
  const strays: StrayRow[] = [];
  const pages = pagesOf(context, reading, {
    staffIds: batch.staffIds,
    onStrays: (rows) => strays.push(...rows),
  });
  for await (const some of readAhead(batchesOf(pages, PAGES_AT_ONCE))) {
    const rows = spelledRows(some.flat(), reading.nameOf);
    await keepRows(context, batch, rows);
    reading.tell(rows.length, 0);
  }
  setAsideRows(batch, spelledStrays(strays, reading.nameOf));
}

/** 84061 means that none of these members has customers. */
async function* pagesOf(
  { wecom }: Needs,
  { unlicensed, nameOf }: Reading,
  { staffIds, onStrays }: { staffIds: readonly string[] } & Pick<PageListeners, 'onStrays'>,
): AsyncGenerator<ContactRow[]> {
  const without = (ids: readonly string[]) => ids.forEach((staffId) => unlicensed.add(nameOf(staffId)));
  try {
    yield* wecom.contacts.pages(staffIds, { onUnlicensed: without, onStrays });
  } catch (error) {
    if (!(error instanceof WecomError)) throw error;
    if (error.errcode === ALL_UNLICENSED) without(staffIds);
    else if (!error.isNoRelation) throw error;
  }
}

/** Of members of whom nothing is known, the shelf need not be asked what it has. */
async function keepRows({ contactPages }: Needs, batch: Batch, rows: ContactRow[]): Promise<void> {
  if (!batch.isNews) return noteNews(batch, await contactPages.keepNews(rows, batch.readAt));
  const { added, rest } = await contactPages.addUnknown(rows);
  noteNews(batch, { keys: added, added, changedKeys: [] });
  if (rest.length > 0) noteNews(batch, await contactPages.keepNews(rest, batch.readAt));
}

async function tellUnlicensed({ notices, now }: Needs, count: number): Promise<void> {
  const [kind, subject] = ['sync-unlicensed', ''];
  if (count > 0) await notices.raise({ kind, subject, text: unlicensedText(count) }, now());
  else await notices.resolve(kind, subject, now());
}
