import type { Context } from '../../context.ts';
import { companyKey, companyOf } from '../../domain/account.ts';
import { afterNewContact, marksOf, mergedMarks, nextDue, type Place } from '../../domain/cadence.ts';
import type { Account } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';
import type { Relation } from '../../store/relations.ts';

type Shelves = Pick<Context, 'accounts' | 'contacts' | 'relations'>;
type Books = Pick<
  Context,
  'followUps' | 'questions' | 'orders' | 'answers' | 'opportunities' | 'contracts' | 'history'
>;

/**
 * Puts a contact into the account of their company, or into one of their own while the company is unknown; an account of
 * their own is merged into the company's with everything in it. Repeatable.
 *
 * @returns the account's id, or null when the contact is not known.
 */
export async function placeContact(
  context: Shelves & Books & Pick<Context, 'settings' | 'site' | 'now'>,
  externalUserId: string,
): Promise<string | null> {
  const contact = await context.contacts.find(externalUserId);
  if (!contact) return null;
  const followers = (await context.relations.ofContact(externalUserId)).filter(({ lostAt }) => !lostAt);
  const current = contact.accountId ? await context.accounts.find(contact.accountId) : null;
  const chosen = await chooseAccount(context, { contact, followers, current });
  const outgrown = current?.isSolo && current._id !== chosen._id ? current : null;
  const account = outgrown ? { ...chosen, ...mergedMarks(chosen, outgrown) } : chosen;
  const place = { timeZone: context.site.timeZone, ...(await context.settings.read()) };
  await context.accounts.update(account._id, welcomeInto(account, { contact, followers, place }));
  await context.contacts.place(externalUserId, account._id);
  if (outgrown) await mergeSolo(context, outgrown, account);
  return account._id;
}

type Case = { contact: Contact; followers: Relation[]; current: Account | null };

async function chooseAccount(
  { accounts, now }: Pick<Context, 'accounts' | 'now'>,
  { contact, followers, current }: Case,
): Promise<Account> {
  const remarkCorpNames = followers.map(({ remarkCorpName }) => remarkCorpName);
  const company = companyOf({ corpName: contact.corpName, remarkCorpNames });
  const knownSince = followers[0]?.followedAt ?? now();
  if (!company) return current ?? accounts.findOrCreateSolo(contact._id, { name: contact.name, knownSince });
  const nameKey = companyKey(company);
  if (current?.nameKey === nameKey) return current;
  return accounts.findOrCreate(nameKey, { name: company, knownSince });
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

async function mergeSolo(
  context: Shelves & Books & Pick<Context, 'now'>,
  from: Account,
  into: Account,
): Promise<void> {
  const { contacts, followUps, questions, orders, answers, opportunities, contracts } = context;
  const shelves = [contacts, followUps, questions, orders, answers, opportunities, contracts];
  for (const shelf of shelves) await shelf.moveAll(from._id, into._id);
  await context.accounts.update(from._id, { mergedInto: into._id, dueOn: null });
  const change = {
    accountId: into._id,
    ownerId: into.ownerId,
    kind: 'account' as const,
    by: 'place-contact',
    at: context.now(),
  };
  await context.history.append([{ ...change, from: from._id, to: into._id, why: 'company became known' }]);
}
