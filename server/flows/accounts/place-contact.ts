import type { Context } from '../../context.ts';
import { companyKey, companyOf } from '../../domain/account.ts';
import { afterNewContact, marksOf, nextDue, type Place } from '../../domain/cadence.ts';
import type { Account, AccountSource } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';
import type { Relation } from '../../store/relations.ts';

type Needs = Pick<
  Context,
  'accounts' | 'contacts' | 'relations' | 'merges' | 'history' | 'settings' | 'site' | 'now'
>;

/**
 * Puts a contact into the account of their company, or into one of their own while the company is unknown; an account of
 * their own is merged into the company's with everything in it. Repeatable.
 *
 * @returns the account's id, or null when the contact is not known.
 */
export async function placeContact(context: Needs, externalUserId: string): Promise<string | null> {
  const contact = await context.contacts.find(externalUserId);
  if (!contact) return null;
  const followers = (await context.relations.ofContact(externalUserId)).filter(({ lostAt }) => !lostAt);
  const current = contact.accountId ? await context.accounts.find(contact.accountId) : null;
  const chosen = await chooseAccount(context, { contact, followers, current });
  const isOutgrown = current?.isSolo && current._id !== chosen._id;
  const account = isOutgrown ? await mergeSolo(context, current, chosen) : chosen;
  const place = { timeZone: context.site.timeZone, ...(await context.settings.read()) };
  await context.accounts.update(account._id, welcomeInto(account, { contact, followers, place }));
  await context.contacts.place(externalUserId, account._id);
  return account._id;
}

type Case = { contact: Contact; followers: Relation[]; current: Account | null };

async function chooseAccount(
  { accounts, now }: Needs,
  { contact, followers, current }: Case,
): Promise<Account> {
  const remarkCorpNames = followers.map(({ remarkCorpName }) => remarkCorpName);
  const company = companyOf({ corpName: contact.corpName, remarkCorpNames });
  const first = followers[0];
  const beginning = { knownSince: first?.followedAt ?? now(), source: sourceOf(first) };
  if (!company)
    return current ?? accounts.findOrCreateSolo(contact._id, { name: contact.name, ...beginning });
  const nameKey = companyKey(company);
  if (current?.nameKey === nameKey) return current;
  return accounts.findOrCreate(nameKey, { name: company, ...beginning });
}

/** The channel code by which they came, else who added them. Source: domain.md §13 */
function sourceOf(first: Relation | undefined): AccountSource | null {
  if (!first) return null;
  return first.state ? { kind: 'channel', detail: first.state } : { kind: 'wecom', detail: first.staffId };
}

/** What the account gains by the contact: an owner if it has none, and somebody new to speak to. */
function welcomeInto(
  account: Account,
  { contact, followers, place }: Omit<Case, 'current'> & { place: Place },
): Partial<Account> {
  const first = followers[0];
  const isNewcomer = first && contact.accountId !== account._id;
  const marks = isNewcomer ? afterNewContact(account, first.followedAt) : marksOf(account);
  // An account in the pool waits for its heir; the leaver's own relation must not bring it back.
  const ownerId = account.ownerId ?? (account.pooledAt ? null : (first?.staffId ?? null));
  return { ...marks, ownerId, dueOn: nextDue({ ...account, ...marks }, place).dueOn };
}

/** Before the contact is placed, so that a merge that is cut short is ended by placing them again. */
async function mergeSolo(
  { accounts, merges, history, now }: Needs,
  from: Account,
  into: Account,
): Promise<Account> {
  const [by, at, reason] = ['place-contact', now(), 'company became known'];
  const merge = await merges.begin({
    fromId: from._id,
    fromName: from.name,
    intoId: into._id,
    reason,
    by,
    at,
  });
  if (!merge || !(await merges.carryOut(merge))) return into; // somebody merged it elsewhere
  const about = { accountId: into._id, ownerId: into.ownerId, kind: 'account' as const, by, at };
  const change = { ...about, from: from._id, to: into._id, why: reason };
  await history.appendOnce([{ _id: `merge:${merge._id}`, ...change }]);
  return (await accounts.find(into._id)) ?? into;
}
