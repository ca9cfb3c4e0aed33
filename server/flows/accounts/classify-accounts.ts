import type { Context } from '../../context.ts';
import { bookRankingOf } from '../../domain/classification/book-ranking.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { classify, type Classification, type Run } from '../../domain/classification/classification.ts';
import { periodsOf, type Periods } from '../../domain/deals/order-facts.ts';
import { changesBetween, isChanged } from '../../domain/classification/reclassification.ts';
import { noTierSums, tierShapeOf } from '../../domain/classification/tier-shape.ts';
import type { AccountToClassify } from '../../store/classification.ts';
import type { Change } from '../../store/history.ts';

type Needs = Pick<Context, 'classification' | 'settings' | 'history' | 'now' | 'site'>;
type Batch = {
  decisions: { accountId: string; fields: Classification }[];
  changes: (Change & { _id: string })[];
};

const BATCH = 100;

/**
 * Computes tier, value class and stage of every account and writes what changed, with the reason. The book is read twice,
 * account by account: once to rank it, once to decide. Repeatable: a second run on the same day changes nothing.
 *
 * @returns how many were seen, and the ids of those whose tier or stage changed.
 */
export async function classifyAccounts(context: Needs): Promise<{ seen: number; changedIds: string[] }> {
  const { classification, site } = context;
  const settings = await context.settings.read();
  const at = context.now();
  const periods = periodsOf(calendarDay(at, site.timeZone), settings.tier.windowMonths);
  const { ranking, lines } = await bookRankingOf(classification.earners(periods), settings.tier);
  const run: Run = { lines, rankOf: ranking.rankOf, periods, settings, timeZone: site.timeZone };
  const sums = noTierSums();
  const found = { seen: 0, changedIds: [] as string[] };
  const batch: Batch = { decisions: [], changes: [] };
  for await (const { account, facts } of classification.cases(periods)) {
    const fields = classify(account, facts, run);
    sums[fields.tier].accounts += 1;
    sums[fields.tier].valueFen += Math.max(0, fields.tierWhy?.valueFen ?? 0);
    found.seen += 1;
    if (!isChanged(account, fields)) continue;
    if (account.tier !== fields.tier || account.stage !== fields.stage) found.changedIds.push(account._id);
    batch.decisions.push({ accountId: account._id, fields });
    batch.changes.push(...changesOf(account, fields, { at, periods }));
    if (batch.decisions.length >= BATCH) await write(context, batch);
  }
  await write(context, batch);
  const { tier } = settings;
  await classification.keepRun({ lines, tier, shape: tierShapeOf(sums, ranking, tier), at });
  return found;
}

/** The changes of one account, each with an id of its own day, so that a run that was cut short tells nothing twice. */
function changesOf(
  before: AccountToClassify,
  after: Classification,
  { at, periods }: { at: Date; periods: Periods },
): Batch['changes'] {
  const about = { accountId: before._id, ownerId: before.ownerId, by: 'classify-accounts', at };
  return changesBetween(before, after).map((change) => ({
    ...about,
    ...change,
    _id: [before._id, change.kind, periods.today, change.from, change.to].join(':'),
  }));
}

async function write({ classification, history }: Needs, batch: Batch): Promise<void> {
  await history.appendOnce(batch.changes.splice(0));
  await classification.write(batch.decisions.splice(0));
}
