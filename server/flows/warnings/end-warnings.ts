import type { Context } from '../../context.ts';
import { findWarnings } from '../../domain/warning/find-warnings.ts';
import type { WarningKind } from '../../domain/warning/kinds.ts';
import { planWarnings } from '../../domain/warning/plan.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { warningNews } from '../../domain/webhook.ts';

type Needs = Pick<
  Context,
  'accounts' | 'announcements' | 'settings' | 'site' | 'warnings' | 'watched' | 'now'
>;

/** Warnings whose facts a touch, a promise or a closed loop may end. */
const KINDS: readonly WarningKind[] = ['follow_up_high_risk', 'follow_up_overdue', 'detractor'];

/**
 * Ends the warnings of an account whose facts have just ended; it raises none. Mostly there is none, and it is one reading.
 * Repeatable. Source: domain.md §12.
 *
 * @returns how many ended.
 */
export async function endWarnings(context: Needs, accountId: string): Promise<number> {
  const { accounts, announcements, settings, site, warnings, watched, now } = context;
  const at = now();
  const standing = (await warnings.ofAccounts([accountId], at)).filter(
    ({ kind, state }) => KINDS.includes(kind) && state !== 'resolved',
  );
  const account = standing.length > 0 ? await accounts.find(accountId) : null;
  if (!account) return 0;
  const { kdm, warnings: rules, ...decided } = await settings.read();
  const today = calendarDay(at, site.timeZone);
  const stay = { timeZone: site.timeZone, staleDays: kdm.staleDays, typicalStays: new Map() };
  const watch = { ...decided, ...stay, now: at, today, settings: rules };
  const factsOf = await watched.factsOf([accountId], { ordersFrom: today, fallsSince: at });
  const findings = findWarnings({ ...factsOf(accountId), account }, watch, KINDS);
  const { resolve } = planWarnings(findings, standing, watch);
  await warnings.change(
    resolve.map((id) => ({ id, to: 'resolved' as const })),
    at,
  );
  const contactOf = new Map(standing.map(({ _id, contactId }) => [_id, contactId]));
  await announcements.add(
    resolve.map((id) => warningNews('resolved', { id, accountId, contactId: contactOf.get(id) ?? null }, at)),
  );
  return resolve.length;
}
