import type { Context } from '../../context.ts';
import { bookRankingOf } from '../../domain/classification/book-ranking.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { classify, type Run } from '../../domain/classification/classification.ts';
import { periodsOf } from '../../domain/deals/order-facts.ts';
import { changesBetween, isChanged } from '../../domain/classification/reclassification.ts';

type Needs = Pick<Context, 'accounts' | 'classification' | 'settings' | 'history' | 'now' | 'site'>;

/**
 * Classifies one account at once, after a fact of it changed or somebody set something by hand. The rest of the book stays
 * as the last night found it, but for who recommended the account: its orders make them a strategic partner. Of an account
 * that was merged only that one is left. Repeatable.
 *
 * @param by staff id, or the name of what changed the fact.
 * @returns whose tier or stage changed, so that tags have to follow.
 */
export async function classifyAccount(context: Needs, accountId: string, by: string): Promise<string[]> {
  const account = await context.accounts.find(accountId);
  if (!account) return [];
  const run = await openRun(context);
  const changedIds: string[] = [];
  for (const id of account.referredById ? [accountId, account.referredById] : [accountId])
    if (await classifyOne(context, run, { accountId: id, by })) changedIds.push(id);
  return changedIds;
}

async function classifyOne(
  { classification, history, now }: Needs,
  run: Run,
  { accountId, by }: { accountId: string; by: string },
): Promise<boolean> {
  for await (const { account, facts } of classification.cases(run.periods, [accountId])) {
    const fields = classify(account, facts, run);
    if (!isChanged(account, fields)) return false;
    const about = { accountId, ownerId: account.ownerId, by, at: now() };
    await classification.write([{ accountId, fields }]);
    await history.append(changesBetween(account, fields).map((change) => ({ ...about, ...change })));
    return account.tier !== fields.tier || account.stage !== fields.stage;
  }
  return false;
}

/** By the lines of the last run over the whole book; before the first one the book is ranked now. */
async function openRun({ classification, ...context }: Needs): Promise<Run> {
  const settings = await context.settings.read();
  const { timeZone } = context.site;
  const today = calendarDay(context.now(), timeZone);
  const last = await classification.lastRun();
  const tier = last?.tier ?? settings.tier;
  const run = { periods: periodsOf(today, tier.windowMonths), settings: { ...settings, tier }, timeZone };
  if (last) return { ...run, lines: last.lines };
  const { ranking, lines } = await bookRankingOf(classification.earners(run.periods), tier);
  return { ...run, lines, rankOf: ranking.rankOf };
}
