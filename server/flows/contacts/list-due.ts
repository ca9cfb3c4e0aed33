import type { Context } from '../../context.ts';
import { calendarDay, workingDaysAfter, type CalendarSettings } from '../../domain/calendar.ts';
import { TIERS } from '../../domain/tier.ts';
import { byUrgency, type DueItem } from '../../domain/view.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'accounts' | 'contacts' | 'relations' | 'settings' | 'site' | 'now'>;

/** The accounts of one owner whose date has come: the `limit` most urgent ones, and how many there are. */
export async function listDue(
  context: Needs,
  staffId: string,
  limit: number,
): Promise<{ total: number; items: DueItem[] }> {
  const today = calendarDay(context.now(), context.site.timeZone);
  const total = await context.accounts.countDue([staffId], { $lte: today });
  const due = await Promise.all(TIERS.map((tier) => context.accounts.due(staffId, today, { tier, limit })));
  const ranked = due.flat().map((account) => ({
    ...account,
    accountId: account._id,
    dueOn: account.dueOn ?? today,
  }));
  const { calendar } = await context.settings.read();
  const urgent = ranked.sort(byUrgency).slice(0, limit);
  const items = await Promise.all(
    urgent.map((account) => asItem(context, staffId, { account, today, calendar })),
  );
  return { total, items };
}

async function asItem(
  context: Needs,
  staffId: string,
  { account, today, calendar }: { account: Account; today: string; calendar: CalendarSettings },
): Promise<DueItem> {
  const contact = await contactToOpen(context, staffId, account._id);
  const dueOn = account.dueOn ?? today;
  return {
    accountId: account._id,
    accountName: account.name,
    externalUserId: contact?._id ?? null,
    contactName: contact?.name ?? null,
    tier: account.tier,
    dueOn,
    overdueWorkingDays: workingDaysAfter(dueOn, today, calendar),
  };
}

/** The contact of the account whom this member follows, else any that is followed. */
async function contactToOpen({ contacts, relations }: Needs, staffId: string, accountId: string) {
  const people = await contacts.ofAccount(accountId);
  const active = (await relations.ofContacts(people.map(({ _id }) => _id))).filter(({ lostAt }) => !lostAt);
  const relation = active.find((each) => each.staffId === staffId) ?? active[0];
  return people.find(({ _id }) => _id === relation?.externalUserId);
}
