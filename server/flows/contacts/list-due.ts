import type { Context } from '../../context.ts';
import { awayOn, coverOf } from '../../domain/absence.ts';
import type { Place } from '../../domain/cadence.ts';
import { calendarDay, workingDaysAfter } from '../../domain/calendar.ts';
import { TIERS, type Tier } from '../../domain/tier.ts';
import { byUrgency, dueCause, type DueItem } from '../../domain/view.ts';
import type { AccountInBrief } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';
import type { Relation } from '../../store/relations.ts';

type Needs = Pick<
  Context,
  'absences' | 'accounts' | 'contacts' | 'due' | 'relations' | 'settings' | 'site' | 'now'
>;

/** The accounts of one owner whose date has come: the `limit` most urgent ones, and how many there are. */
export async function listDue(
  context: Needs,
  staffId: string,
  limit: number,
): Promise<{ total: number; items: DueItem[] }> {
  const today = calendarDay(context.now(), context.site.timeZone);
  const [settings, ...due] = await Promise.all([
    context.settings.read(),
    ...TIERS.map((tier) => listTier(context, staffId, { tier, today, limit })),
  ]);
  const total = due.reduce((sum, { count }) => sum + count, 0);
  const covered = await listCovered(context, staffId, { today, limit });
  const ranked = [...due, covered]
    .flatMap(({ accounts }) => accounts)
    .map((account) => ({
      ...account,
      accountId: account._id,
      dueOn: account.dueOn ?? today,
    }));
  const place = { timeZone: context.site.timeZone, ...settings };
  const urgent = ranked.sort(byUrgency).slice(0, limit);
  const contactOf = await contactsToOpen(context, staffId, urgent);
  const items = urgent.map((account) => asItem(account, contactOf(account._id), { today, place }));
  return { total: total + covered.count, items };
}

/** Of one tier the most urgent, and how many there are, which is asked only when they may be more. */
async function listTier(
  { accounts }: Needs,
  staffId: string,
  { tier, today, limit }: { tier: Tier; today: string; limit: number },
): Promise<{ count: number; accounts: AccountInBrief[] }> {
  const found = await accounts.due(staffId, today, { tier, limit });
  const isAll = found.length < limit;
  const count = isAll ? found.length : await accounts.countDue([staffId], { $lte: today }, tier);
  return { count, accounts: found };
}

/** What the member looks after for who is away today. */
async function listCovered(
  { absences, due }: Needs,
  staffId: string,
  { today, limit }: { today: string; limit: number },
): Promise<{ count: number; accounts: AccountInBrief[] }> {
  const cover = coverOf(staffId, awayOn(await absences.on(today), today));
  if (!cover) return { count: 0, accounts: [] };
  const accounts = await Promise.all(TIERS.map((tier) => due.covered(cover, today, { tier, limit })));
  return { count: await due.countCovered(cover, today), accounts: accounts.flat() };
}

function asItem(
  account: AccountInBrief,
  contact: Contact | undefined,
  { today, place }: { today: string; place: Place },
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

/** Of each account the contact whom this member follows, else any that is followed; all are looked up at once. */
async function contactsToOpen(
  { contacts, relations }: Needs,
  staffId: string,
  accounts: readonly AccountInBrief[],
): Promise<(accountId: string) => Contact | undefined> {
  const people = await contacts.ofAccounts(accounts.map(({ _id }) => _id));
  const followers = await relations.ofContacts(people.map(({ _id }) => _id));
  const found = new Map(people.map((each) => [each._id, each]));
  const chosen = new Map<string, Contact>();
  const isOwn = (relation: Relation) => relation.staffId === staffId;
  const active = followers.filter(({ lostAt }) => !lostAt);
  for (const { externalUserId } of [...active.filter(isOwn), ...active]) {
    const contact = found.get(externalUserId);
    if (contact?.accountId && !chosen.has(contact.accountId)) chosen.set(contact.accountId, contact);
  }
  return (accountId) => chosen.get(accountId);
}
