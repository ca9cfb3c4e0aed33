import type { Context } from '../../context.ts';
import { numberKey } from '../../domain/match-key.ts';
import {
  emptyReport,
  fromTo,
  outcomeOf,
  tally,
  type ImportMode,
  type ImportReport,
  type Outcome,
} from '../../domain/imports/import-report.ts';
import { placementOf, type Book } from '../../domain/accounts/placement.ts';
import type { Numbered, Read } from '../../domain/imports/row-cells.ts';
import { bookFor, type SaidDeal } from './deal-customers.ts';
import { importRows } from './import-rows.ts';

type Needs = Pick<Context, 'accountBook' | 'accounts' | 'announcements' | 'audit' | 'site' | 'now'>;

type Kept = { _id: string; accountId: string };

/** A kind of deal: how its rows are read, what may be made of them, and its shelf. */
type DealKind<Row, Said, Fields, Before> = {
  noun: 'order' | 'contract' | 'opportunity';
  name: string;
  isOurs?: (row: Row) => boolean;
  read: (row: Row) => Read<SaidDeal<Said>>;
  find: (ids: readonly string[]) => Promise<Before[]>;
  /** The deal as it will stand, or what is against it, for people. */
  decide: (
    said: Said,
    about: { id: string; before: Before | null },
  ) => { fields: Fields } | { problem: string };
  /** Keeps deals. @returns the numbers of those that somebody else changed meanwhile */
  save: (deals: readonly { before: Before | null; deal: Fields & Kept }[]) => Promise<readonly string[]>;
};

type Plan<Fields, Before> = {
  line: number;
  outcome: Outcome;
  doubts: string[];
  before: Before | null;
  deal: Fields & Kept;
};

/**
 * Keeps the deals of customers: good rows go in, bad ones are reported; a repeated import changes nothing. A customer known only
 * by name gets an account; an unknown customer number is refused. A deal that comes to another customer is noted.
 */
export function importDeals<
  Row extends { external_id?: string },
  Said,
  Fields extends object,
  Before extends Kept,
>(
  context: Needs,
  rows: AsyncIterable<Numbered<Row>>,
  { kind, mode }: { kind: DealKind<Row, Said, Fields, Before>; mode: ImportMode },
): Promise<ImportReport> {
  const report = emptyReport();
  const met = new Set<string>();
  const idOf = (row: Row) => (row.external_id ?? '').trim();
  return importRows<Row, SaidDeal<Said>>(rows, {
    ...kind,
    report,
    onBatch: mode.onBatch,
    idOf,
    keys: [{ label: `${kind.name}编号`, of: (row) => numberKey(idOf(row)) }],
    async keep(good) {
      const book = await bookFor(context, good, { mode, report, met });
      const kept = await kind.find(good.map(({ id }) => id));
      const beforeOf = byNumber(kept);
      const plans = good.flatMap((row) => {
        const plan = planOf(row, { kind, book, before: beforeOf(row.id), isDryRun: mode.isDryRun ?? false });
        if ('outcome' in plan) return [plan];
        report.rejected.push({ line: row.line, id: row.id, reasons: [plan.problem] });
        return [];
      });
      const stayed = mode.isDryRun ? [] : await write(context, plans, { kind, mode });
      await tell(context, plans, { report, kind, stayed });
    },
  });
}

/** Finds what is kept by its number: in the very spelling, else in another one. */
function byNumber<Kept extends { _id: string }>(kept: readonly Kept[]): (id: string) => Kept | null {
  const exact = new Map(kept.map((deal) => [deal._id, deal]));
  const alike = new Map(kept.toReversed().map((deal) => [numberKey(deal._id), deal]));
  return (id) => exact.get(id) ?? alike.get(numberKey(id)) ?? null;
}

type Planning<Row, Said, Fields, Before> = {
  isDryRun: boolean;
  kind: DealKind<Row, Said, Fields, Before>;
  book: Book;
  before: Before | null;
};

function planOf<Row, Said, Fields extends object, Before extends Kept>(
  { line, id, said, customer }: SaidDeal<Said> & { line: number },
  { kind, book, before, isDryRun }: Planning<Row, Said, Fields, Before>,
): Plan<Fields, Before> | { problem: string } {
  const placement = placementOf(customer, book);
  if ('problem' in placement) return placement;
  if ('create' in placement && !isDryRun) return { problem: `客户“${customer.accountName}”未能建立，请重试` };
  const decision = kind.decide(said, { id, before });
  if ('problem' in decision) return decision;
  const { accountId, doubts } = 'create' in placement ? { accountId: '', doubts: [] } : placement;
  const after = { accountId, ...decision.fields };
  const outcome = outcomeOf(before, after);
  return { line, outcome, doubts, before, deal: { _id: before?._id ?? id, ...after } };
}

type Telling = { report: ImportReport; kind: { name: string }; stayed: readonly string[] };

/** What became of the rows, and which of them came to another customer. */
async function tell<Fields>(
  context: Needs,
  plans: readonly Plan<Fields, Kept>[],
  { report, kind: { name }, stayed }: Telling,
): Promise<void> {
  const kept = plans.filter(({ deal }) => !stayed.includes(deal._id));
  for (const { outcome } of kept) tally(report, outcome);
  for (const { line, deal } of plans.filter(({ deal: { _id } }) => stayed.includes(_id)))
    report.rejected.push({ line, id: deal._id, reasons: [`该${name}正被别处修改，请重试`] });
  for (const { line, doubts, deal } of kept)
    if (doubts.length > 0) report.notes.push({ line, id: deal._id, reasons: doubts });
  const moves = kept.flatMap(({ line, before, deal: { _id: id, accountId } }) =>
    before && before.accountId !== accountId ? [{ line, id, from: before.accountId, to: accountId }] : [],
  );
  const nameOf = await namesOf(context, moves);
  for (const { line, id, from, to } of moves) {
    const reason = `${name}原属客户“${nameOf.get(from) ?? from}”，现归“${nameOf.get(to) ?? '新客户'}”`;
    report.notes.push({ line, id, reasons: [reason] });
  }
}

async function namesOf({ accounts }: Needs, moves: readonly { from: string; to: string }[]) {
  const ids = moves.flatMap(({ from, to }) => [from, to]);
  const found = ids.length > 0 ? await accounts.findMany(ids) : [];
  return new Map(found.map(({ _id, name }) => [_id, name]));
}

async function write<Row, Said, Fields extends object, Before extends Kept>(
  { announcements, audit, now }: Needs,
  plans: readonly Plan<Fields, Before>[],
  { kind, mode: { by, touched } }: { kind: DealKind<Row, Said, Fields, Before>; mode: ImportMode },
): Promise<readonly string[]> {
  const changed = plans.filter(({ outcome }) => outcome !== 'unchanged');
  const stayed = await kind.save(changed);
  const made = changed.filter(({ deal: { _id } }) => !stayed.includes(_id));
  const at = now();
  const notes = made.map(({ before, deal: { _id, ...after } }) => {
    return { subject: `${kind.noun}:${_id}`, ...fromTo(before, after), act: `${kind.noun}.save`, by, at };
  });
  await audit.note(notes);
  const news = made.map(({ before, deal: { _id: subjectId, accountId } }) => {
    const event = `${kind.noun}.${before ? 'changed' : 'recorded'}` as const;
    return { event, accountId, subjectId, contactId: null, by, at };
  });
  await announcements.add(news);
  for (const { before, deal } of changed)
    for (const each of [before, deal]) if (each) touched?.add(each.accountId);
  return stayed;
}
