import type { Context } from '../../context.ts';
import { nextDue, owedOf, DUE_REASONS, type CadencePolicy } from '../../domain/cadence/cadence.ts';
import { calendarDay, type Day } from '../../domain/calendar.ts';
import { dealOut, spreadDays, type Spread } from '../../domain/cadence/go-live.ts';
import { TIERS } from '../../domain/classification/tier.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'accounts' | 'settings' | 'site' | 'now'>;

const BATCH = 500;

/**
 * Counts the next date of every account afresh, after the policy, the calendar or the go-live day changed, and deals what was
 * owed before go-live out over its first twenty working days; only what moved is written. Repeatable.
 *
 * @returns how many moved.
 */
export async function recomputeDue(context: Needs): Promise<number> {
  const { accounts, settings, site } = context;
  const place = { timeZone: site.timeZone, ...(await settings.read()) };
  const dealt = await dealBacklog(context, place);
  const batch: { accountId: string; fields: Partial<Account> }[] = [];
  let moved = 0;
  for await (const account of accounts.all()) {
    const spread = dealt.get(account._id);
    const { dueOn } = nextDue({ ...account, ...(spread ? { spread } : {}) }, place);
    if (dueOn === account.dueOn && !spread) continue;
    moved += 1;
    batch.push({ accountId: account._id, fields: { dueOn, ...(spread ? { spread } : {}) } });
    if (batch.length >= BATCH) await accounts.updateMany(batch.splice(0));
  }
  await accounts.updateMany(batch);
  return moved;
}

/** Something that was owed before go-live, as far as its turn goes. */
type Debt = { accountId: string; weight: number; tier: number; dueOn: Day };

/**
 * When each account is taken up whose date lay before go-live and who has no day yet: of each owner the heaviest first. Who
 * comes to be known later begins with that day.
 */
async function dealBacklog(context: Needs, place: CadencePolicy): Promise<Map<string, Spread>> {
  const from = place.goLive?.day;
  if (!from) return new Map();
  const { owners, isFirst } = await undealt(context, { place, from });
  const today = calendarDay(context.now(), place.timeZone);
  const days = spreadDays(isFirst || today < from ? from : today, place.calendar);
  const dealt = [...owners.values()].flatMap((debts) => dealOut(debts.toSorted(byWeight), days));
  return new Map(dealt.map(({ debt: { accountId }, on }) => [accountId, { from, on }]));
}

/** The debts that have no day yet, by owner; `isFirst`: no account has one. */
async function undealt({ accounts }: Needs, { place, from }: { place: CadencePolicy; from: Day }) {
  const owners = new Map<string | null, Debt[]>();
  let isFirst = true;
  for await (const account of accounts.all()) {
    if (account.spread?.from === from) isFirst = false;
    else if (owedOf(account, place).some(({ isBacklog }) => isBacklog)) {
      const debts = owners.get(account.ownerId) ?? [];
      debts.push(debtOf(account, place));
      owners.set(account.ownerId, debts);
    }
  }
  return { owners, isFirst };
}

function debtOf(account: Account, { goLive: _later, ...place }: CadencePolicy): Debt {
  const [heaviest] = owedOf(account, place);
  const weight = heaviest ? DUE_REASONS.indexOf(heaviest.reason) : DUE_REASONS.length;
  const tier = TIERS.indexOf(account.tier);
  return { accountId: account._id, weight, tier, dueOn: heaviest?.dueOn ?? '' };
}

function byWeight(a: Debt, b: Debt): number {
  if (a.weight !== b.weight) return a.weight - b.weight;
  if (a.tier !== b.tier) return a.tier - b.tier;
  return `${a.dueOn} ${a.accountId}` < `${b.dueOn} ${b.accountId}` ? -1 : 1;
}
