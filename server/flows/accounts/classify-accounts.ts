import type { Context } from '../../context.ts';
import { addDays, addMonths, calendarDay } from '../../domain/calendar.ts';
import { classify, isChanged, type AccountFacts, type Run } from '../../domain/classification.ts';
import { NO_ORDERS } from '../../domain/order.ts';
import { boundariesOf, rankAccounts, WINDOW_MONTHS, type Valued } from '../../domain/tier.ts';
import type { Account } from '../../store/account-model.ts';
import type { Change } from '../../store/history.ts';

type Needs = Pick<Context, 'accounts' | 'orders' | 'answers' | 'history' | 'now' | 'site'>;
type Update = { accountId: string; fields: Partial<Account> };

const BATCH = 500;

/**
 * Computes tier and stage of every account and writes what changed, with the reason. Repeatable: a second run on the same
 * day changes nothing.
 *
 * @returns how many were seen, and the ids of those whose tier or stage changed.
 */
export async function classifyAccounts(context: Needs): Promise<{ seen: number; changedIds: string[] }> {
  const to = calendarDay(context.now(), context.site.timeZone);
  const window = { from: addDays(addMonths(to, -WINDOW_MONTHS), 1), to };
  const facts = await readFacts(context, window);
  const run: Run = { boundaries: await rank(context, facts), window, timeZone: context.site.timeZone };
  const batch: { updates: Update[]; changes: Change[] } = { updates: [], changes: [] };
  const changedIds: string[] = [];
  let seen = 0;
  for await (const account of context.accounts.all()) {
    seen += 1;
    const fields = classify(account, facts.get(account._id) ?? nothing(), run);
    if (!isChanged(account, fields)) continue;
    batch.updates.push({ accountId: account._id, fields });
    const changes = changesOf(account, fields, context.now());
    if (account.tier !== fields.tier || account.stage !== fields.stage) changedIds.push(account._id);
    batch.changes.push(...changes);
    if (batch.updates.length >= BATCH) await write(context, batch);
  }
  await write(context, batch);
  return { seen, changedIds };
}

const nothing = (): AccountFacts => ({ orders: NO_ORDERS, latestNps: null, rank: null });

async function readFacts(
  { orders, answers }: Needs,
  window: Run['window'],
): Promise<Map<string, AccountFacts>> {
  const facts = new Map<string, AccountFacts>();
  for await (const { accountId, ...found } of orders.facts(window))
    facts.set(accountId, { ...nothing(), orders: found });
  for await (const { accountId, score } of answers.latestScores()) {
    facts.set(accountId, { ...(facts.get(accountId) ?? nothing()), latestNps: score });
  }
  return facts;
}

/** Ranks accounts by value, notes each rank in `facts`, and tells where the tiers begin. */
async function rank({ accounts }: Needs, facts: Map<string, AccountFacts>): Promise<Run['boundaries']> {
  const valued: Valued[] = [];
  for await (const { _id, knownSince } of accounts.all()) {
    const valueFen = facts.get(_id)?.orders.valueFen ?? 0;
    if (valueFen > 0) valued.push({ accountId: _id, valueFen, knownSince });
  }
  const ranking = rankAccounts(valued);
  ranking.forEach(({ accountId }, index) => {
    const found = facts.get(accountId);
    if (found) found.rank = index + 1;
  });
  return boundariesOf(ranking);
}

/** The first classification of an account is not a change: nobody was told anything before. */
function changesOf(before: Account, after: ReturnType<typeof classify>, at: Date): Change[] {
  if (!before.tierWhy) return [];
  const about = { accountId: before._id, ownerId: before.ownerId, by: 'classify-accounts', at };
  const changes: Change[] = [];
  if (before.tier !== after.tier) {
    changes.push({ ...about, kind: 'tier', from: before.tier, to: after.tier, why: after.tierWhy });
  }
  if (before.stage !== after.stage) {
    changes.push({ ...about, kind: 'stage', from: before.stage, to: after.stage, why: after.stageWhy });
  }
  return changes;
}

async function write(
  { accounts, history }: Needs,
  batch: { updates: Update[]; changes: Change[] },
): Promise<void> {
  await accounts.updateMany(batch.updates.splice(0));
  await history.append(batch.changes.splice(0));
}
