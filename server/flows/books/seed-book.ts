import type { Context } from '../../context.ts';
import { bookEntryOf, type BookFrame } from '../../domain/books/book.ts';
import { matchKey } from '../../domain/match-key.ts';
import type { PastAccount } from '../../domain/books/past-account.ts';
import { AppError } from '../../errors.ts';
import type { Department } from '../../store/departments.ts';
import type { StaffFacts } from '../../store/staff.ts';
import { batchesOf } from '../../infra/streams.ts';

type Needs = Pick<
  Context,
  'accounts' | 'audit' | 'books' | 'campaigns' | 'departments' | 'now' | 'settings' | 'site' | 'staff'
>;

/** A company's book: who works there, and one account after the other. `survey` is what the answers answered. */
export type SeededBook = {
  departments: readonly Department[];
  members: readonly StaffFacts[];
  survey: { name: string; programme: string; opensAt: Date; closesAt: Date };
  rows: Iterable<PastAccount> | AsyncIterable<PastAccount>;
};

/** What a seeding did: how many of each came in; `skipped` accounts were known by their name. */
export type SeedReport = {
  accounts: number;
  contacts: number;
  orders: number;
  followUps: number;
  skipped: number;
};

/** `adds`: also to a book that has accounts. `tell` hears how far it is. */
export type SeedSpec = { adds: boolean; by: string; tell: (report: SeedReport) => void };

const BATCH = 250;

/**
 * Fills the database with a book, in bulk and without holding more than a few hundred accounts. What is there stays; a
 * repeated or cut-off run goes on.
 *
 * @throws {AppError} 409 `book_not_empty` when there are accounts already, unless `adds`.
 */
export async function seedBook(
  context: Needs,
  { departments, members, survey, rows }: SeededBook,
  { adds, by, tell }: SeedSpec,
): Promise<SeedReport> {
  if (!adds && (await context.accounts.countLiving()) > 0)
    throw new AppError(409, 'book_not_empty', {
      message: '数据库里已有客户，不会混入演示数据；确要追加请用 --add',
    });
  await keepStaff(context, departments, members);
  const campaignId = await keepCampaign(context, survey);
  const frame = {
    place: { timeZone: context.site.timeZone, ...(await context.settings.read()) },
    survey: { campaignId, programme: survey.programme },
  };
  const report: SeedReport = { accounts: 0, contacts: 0, orders: 0, followUps: 0, skipped: 0 };
  for await (const batch of batchesOf(rows, BATCH)) {
    await keepBatch(context, batch, { frame, report });
    tell(report);
  }
  await context.audit.note([
    { by, at: context.now(), act: 'book.seed', subject: '', from: null, to: report },
  ]);
  return report;
}

/** Departments that are there stay; the root keeps its name. */
async function keepStaff(
  { staff, departments }: Needs,
  tree: readonly Department[],
  members: readonly StaffFacts[],
): Promise<void> {
  const known = await departments.all();
  const knownIds = new Set(known.map(({ _id }) => _id));
  await departments.replaceAll([...known, ...tree.filter(({ _id }) => !knownIds.has(_id))]);
  await staff.saveAll(members);
}

async function keepCampaign({ campaigns }: Needs, survey: SeededBook['survey']): Promise<string> {
  const known = await campaigns.findByName(survey.name);
  const _id = `past-${survey.opensAt.getTime().toString(36)}`;
  if (!known) await campaigns.create({ _id, tiers: [], ...survey });
  return known?._id ?? _id;
}

async function keepBatch(
  { books }: Needs,
  batch: readonly PastAccount[],
  { frame, report }: { frame: BookFrame; report: SeedReport },
): Promise<void> {
  const taken = await books.takenKeys(batch.map(({ account }) => matchKey(account.name)));
  const fresh = batch.filter(({ account }) => !taken.has(matchKey(account.name)));
  const entries = fresh.map((row) => bookEntryOf(row, frame));
  await books.addAll(entries);
  const count = (part: 'contacts' | 'orders' | 'followUps') =>
    entries.reduce((sum, entry) => sum + entry[part].length, 0);
  report.accounts += entries.length;
  report.contacts += count('contacts');
  report.orders += count('orders');
  report.followUps += count('followUps');
  report.skipped += batch.length - entries.length;
}
