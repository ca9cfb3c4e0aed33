import type { Context } from '../../context.ts';
import { factsSince } from '../../domain/warnings/facts.ts';
import { findWarnings } from '../../domain/warnings/find-warnings.ts';
import { WARNING_KINDS, type WarningKind } from '../../domain/warnings/kinds.ts';
import { planWarnings } from '../../domain/warnings/plan.ts';
import { ruleOf } from '../../domain/warnings/settings.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { warningNews } from '../../domain/system/webhook.ts';
import type { Account } from '../../store/account-model.ts';
import type { Warning } from '../../store/warning-model.ts';

type Needs = Pick<
  Context,
  'accounts' | 'announcements' | 'settings' | 'site' | 'warnings' | 'warningFacts' | 'now'
>;

/** A stuck opportunity is held against all others of the book, which only the night reads. */
const KINDS: readonly WarningKind[] = WARNING_KINDS.filter((kind) => kind !== 'opportunity_stuck');

/**
 * Ends the warnings of an account whose facts have just ended, and shows those that stay to who has the account now; it raises
 * none. Mostly there is none, and it is one reading. Repeatable. Source: domain.md §12.
 *
 * @returns how many ended.
 */
export async function endWarnings(context: Needs, accountId: string): Promise<number> {
  const { accounts, announcements, warnings, now } = context;
  const at = now();
  const standing = (await warnings.ofAccounts([accountId], at)).filter(
    ({ kind, state }) => KINDS.includes(kind) && state !== 'resolved',
  );
  const account = standing.length > 0 ? await accounts.find(accountId) : null;
  if (!account) return 0;
  const { resolve, refresh } = await planOf(context, account, standing);
  const forIds = [account.ownerId, account.deputyId].flatMap((id) => (id ? [id] : []));
  const moved = standing.filter((each) => each.forIds.join() !== forIds.join());
  await warnings.change(
    [
      ...refresh.map((each) => ({ ...each, to: 'same' as const })),
      ...moved.map(({ _id: id }) => ({ id, to: 'moved' as const, forIds })),
      ...resolve.map((id) => ({ id, to: 'resolved' as const })),
    ],
    at,
  );
  const contactOf = new Map(standing.map(({ _id, contactId }) => [_id, contactId]));
  await announcements.add(
    resolve.map((id) => warningNews('resolved', { id, accountId, contactId: contactOf.get(id) ?? null }, at)),
  );
  return resolve.length;
}

async function planOf({ settings, site, warningFacts, now }: Needs, account: Account, standing: Warning[]) {
  const at = now();
  const { kdm, warnings: rules, ...decided } = await settings.read();
  const today = calendarDay(at, site.timeZone);
  const stay = { timeZone: site.timeZone, staleDays: kdm.staleDays, typicalStays: new Map() };
  const watch = { ...decided, ...stay, now: at, today, settings: rules };
  const factsOf = await warningFacts.factsOf([account._id], factsSince(watch));
  const findings = findWarnings({ ...factsOf(account._id), account }, watch, KINDS);
  const { resolve, refresh } = planWarnings(findings, standing, watch);
  const levelOf = (kind: Warning['kind']) => ruleOf(rules, kind).level;
  return { resolve, refresh: refresh.map((each) => ({ ...each, level: levelOf(each.finding.kind) })) };
}
