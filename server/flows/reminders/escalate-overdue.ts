import type { Context } from '../../context.ts';
import { calendarDay, workingDaysAfter, workingDaysBefore, type Day } from '../../domain/calendar.ts';
import { lateFrom, type CadencePolicy } from '../../domain/cadence/cadence.ts';
import { escalationText } from '../../domain/texts.ts';
import { TIERS } from '../../domain/classification/tier.ts';
import type { AccountInBrief } from '../../store/account-model.ts';
import type { Right } from '../../store/ledger.ts';

type Needs = Pick<Context, 'due' | 'ledger' | 'settings' | 'site' | 'wecom' | 'now'>;

/** A manager and the members whose follow-ups come to them. */
export type Team = { managerId: string; owners: readonly { _id: string; name: string }[] };

/** So many accounts are told of at once; the rest is told of the next day. */
const MOST = 200;

/**
 * Tells a manager of the team's follow-ups that have been overdue for as long as the ladder says, head accounts first, each
 * once for the date that was missed.
 *
 * @returns how many accounts were told of.
 * @throws {WecomError | WecomUnreachable} after the ledger has kept the reason.
 * Source: domain.md §6.
 */
export async function escalateOverdue(context: Needs, { managerId, owners }: Team): Promise<number> {
  const { ledger, settings, site, wecom, now } = context;
  const { cadence, calendar, goLive } = await settings.read();
  const today = calendarDay(now(), site.timeZone);
  const by = workingDaysBefore(today, cadence.escalation.managerAfterDays, calendar);
  const place = { timeZone: site.timeZone, cadence, calendar, goLive };
  const found = await untold(context, { managerId, owners, by, place });
  const accounts = new Map(found.map((account) => [keyOf(managerId, account), account]));
  const names = new Map(owners.map(({ _id, name }) => [_id, name]));
  const lateDays = (account: AccountInBrief) =>
    workingDaysAfter(lateFrom(account, place) ?? today, today, calendar);
  const itemOf = ({ _id, name, ownerId, tier, ...account }: AccountInBrief) => ({
    accountName: name,
    ownerName: names.get(ownerId ?? '') ?? '',
    tier,
    overdueWorkingDays: lateDays({ _id, name, ownerId, tier, ...account }),
    link: `${site.publicUrl}/console/#accounts/${encodeURIComponent(_id)}`,
  });
  const rights = found.map((account) => rightOf(managerId, account));
  return ledger.together(rights, now(), (won) => {
    const items = won.flatMap(({ key }) => accounts.get(key) ?? []).map(itemOf);
    return wecom.messages.sendText(managerId, escalationText(items));
  });
}

const keyOf = (managerId: string, { _id }: AccountInBrief) => `${managerId}:${_id}`;

const rightOf = (managerId: string, account: AccountInBrief): Right => ({
  purpose: 'escalate',
  key: keyOf(managerId, account),
  day: account.dueOn ?? '',
});

async function untold(
  { due, ledger }: Needs,
  { managerId, owners, by, place }: Team & { by: Day; place: CadencePolicy },
): Promise<AccountInBrief[]> {
  const found: AccountInBrief[] = [];
  const ownerIds = owners.map(({ _id }) => _id);
  const isLate = (account: AccountInBrief) => (lateFrom(account, place) ?? '9999') <= by;
  for (const tier of TIERS) {
    const batch: AccountInBrief[] = [];
    const take = async () => {
      const rights = batch.map((account) => rightOf(managerId, account));
      const taken = new Set((await ledger.taken(rights)).map(({ key, day }) => `${key}:${day}`));
      const isNew = (account: AccountInBrief) => !taken.has(`${keyOf(managerId, account)}:${account.dueOn}`);
      found.push(...batch.splice(0).filter(isNew));
    };
    for await (const account of due.overdue(ownerIds, by, tier)) {
      if (!isLate(account)) continue;
      batch.push(account);
      if (batch.length >= MOST) await take();
      if (found.length >= MOST) return found.slice(0, MOST);
    }
    await take();
  }
  return found.slice(0, MOST);
}
