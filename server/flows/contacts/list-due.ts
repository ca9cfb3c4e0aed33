import type { Context } from '../../context.ts';
import { awayOn, coverOf } from '../../domain/staff/absence.ts';
import type { CadencePolicy } from '../../domain/cadence/cadence.ts';
import { calendarDay, workingDaysAfter } from '../../domain/calendar.ts';
import { contactName } from '../../domain/contacts/contact-name.ts';
import { byUrgency, dueCause, type DueItem } from '../../domain/cadence/view.ts';
import type { AccountInBrief } from '../../store/account-model.ts';
import type { FollowedContact } from '../../store/contacts.ts';
import type { DueAccounts } from '../../store/due.ts';

type Needs = Pick<Context, 'absences' | 'contacts' | 'due' | 'settings' | 'site' | 'now'>;

/** The accounts of one owner whose date has come: the `limit` most urgent ones, and how many there are. */
export async function listDue(
  context: Needs,
  staffId: string,
  limit: number,
): Promise<{ total: number; items: DueItem[] }> {
  const today = calendarDay(context.now(), context.site.timeZone);
  const [settings, own, covered] = await Promise.all([
    context.settings.recent(),
    context.due.owned(staffId, today, limit),
    listCovered(context, staffId, { today, limit }),
  ]);
  const ranked = [...own.accounts, ...covered.accounts].map((account) => ({
    ...account,
    accountId: account._id,
    dueOn: account.dueOn ?? today,
  }));
  const place = { timeZone: context.site.timeZone, ...settings };
  const urgent = ranked.sort(byUrgency).slice(0, limit);
  const contactOf = await contactsToOpen(context, staffId, urgent);
  const items = urgent.map((account) => {
    const contact = contactOf(account._id);
    const called = contact && contactName(contact, contact.followers, [staffId, account.ownerId]);
    return asItem(account, called && { _id: contact._id, name: called.name }, { today, place });
  });
  return { total: own.total + covered.total, items };
}

/** What the member looks after for who is away today. */
async function listCovered(
  { absences, due }: Needs,
  staffId: string,
  { today, limit }: { today: string; limit: number },
): Promise<DueAccounts> {
  const cover = coverOf(staffId, awayOn(await absences.recent(today), today));
  return cover ? due.covered(cover, today, limit) : { total: 0, accounts: [] };
}

function asItem(
  account: AccountInBrief,
  contact: { _id: string; name: string } | undefined,
  { today, place }: { today: string; place: CadencePolicy },
): DueItem {
  const dueOn = account.dueOn ?? today;
  const overdueWorkingDays = workingDaysAfter(dueOn, today, place.calendar);
  return {
    accountId: account._id,
    accountName: account.name,
    externalUserId: contact?._id ?? null,
    contactName: contact?.name ?? null,
    tier: account.tier,
    dueOn,
    overdueWorkingDays,
    ...dueCause(account, overdueWorkingDays, place),
  };
}

/** Of each account the contact whom this member follows, else any that is followed, the earliest first; all are looked up at once. */
async function contactsToOpen(
  { contacts }: Needs,
  staffId: string,
  accounts: readonly AccountInBrief[],
): Promise<(accountId: string) => FollowedContact | undefined> {
  const people = await contacts.followedIn(accounts.map(({ _id }) => _id));
  const followed = people.flatMap((contact) =>
    contact.followers.map((follower) => ({ ...follower, contact })),
  );
  const byAge = followed.toSorted(
    (a, b) => a.followedAt.getTime() - b.followedAt.getTime() || (a.contact._id < b.contact._id ? -1 : 1),
  );
  const own = byAge.filter((follower) => follower.staffId === staffId);
  const chosen = new Map<string | null, FollowedContact>();
  for (const { contact } of [...own, ...byAge])
    if (!chosen.has(contact.accountId)) chosen.set(contact.accountId, contact);
  return (accountId) => chosen.get(accountId);
}
