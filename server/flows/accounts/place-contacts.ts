import type { Context } from '../../context.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { nextDue, type CadencePolicy } from '../../domain/cadence/cadence.ts';
import {
  companyClueOf,
  createCompanyMatch,
  learnedOf,
  type CompanyClue,
} from '../../domain/accounts/company-match.ts';
import { matchKey } from '../../domain/match-key.ts';
import { afterNewContact, marksOf } from '../../domain/cadence/touch-marks.ts';
import type { AccountSource } from '../../domain/accounts/account.ts';
import type { Account } from '../../store/account-model.ts';
import type { AccountSpec } from '../../store/account-specs.ts';
import type { Contact, ContactPlace } from '../../store/contacts.ts';
import type { Relation } from '../../store/relation-model.ts';

type Needs = Pick<
  Context,
  | 'accounts'
  | 'accountBook'
  | 'contacts'
  | 'relations'
  | 'merges'
  | 'touches'
  | 'history'
  | 'settings'
  | 'site'
  | 'now'
>;

type Case = { contact: Contact; clue: CompanyClue; followers: Relation[]; current: Account | null };

/**
 * Puts contacts into the accounts of their companies, or each into one of their own while the company is unknown; an account
 * of their own is merged into the company's with everything in it. Repeatable; reads and writes once for all of them.
 *
 * @param grownIds collects the accounts into which one was merged: their facts are others now.
 * @returns the account's id by the contact's; who is not known is absent.
 */
export async function placeContacts(
  context: Needs,
  externalUserIds: readonly string[],
  grownIds: Set<string> = new Set(),
): Promise<Map<string, string>> {
  const cases = await casesOf(context, externalUserIds);
  const chosen = await chooseAccounts(context, cases);
  const place = { timeZone: context.site.timeZone, ...(await context.settings.read()) };
  const standing = await mergeOutgrown(context, { cases, chosen, grownIds, place });
  const gains = new Map<string, Partial<Account>>();
  const places: ContactPlace[] = [];
  for (const { contact, clue, followers } of cases) {
    const account = standing.get(chosen.get(contact._id)?._id ?? '');
    if (!account) continue;
    const gain = differenceOf(account, welcomeInto(account, { contact, clue, followers, place }));
    standing.set(account._id, { ...account, ...gain });
    gains.set(account._id, { ...gains.get(account._id), ...gain });
    places.push({ externalUserId: contact._id, from: contact.accountId, accountId: account._id });
  }
  const changes = [...gains].map(([accountId, fields]) => ({ accountId, fields }));
  await context.accounts.updateMany(changes.filter(({ fields }) => Object.keys(fields).length > 0));
  await context.contacts.placeMany(places);
  return new Map(places.map(({ externalUserId, accountId }) => [externalUserId, accountId]));
}

type Outgrown = {
  cases: readonly Case[];
  chosen: ReadonlyMap<string, Account>;
  grownIds: Set<string>;
  place: CadencePolicy;
};

/** The chosen accounts by id, when the accounts of single persons that they outgrew have been merged into them. */
async function mergeOutgrown(
  context: Needs,
  { cases, chosen, grownIds, place }: Outgrown,
): Promise<Map<string, Account>> {
  const standing = new Map([...chosen.values()].map((account) => [account._id, account]));
  for (const { contact, current } of cases) {
    const into = standing.get(chosen.get(contact._id)?._id ?? '');
    if (!into || !current?.isSolo || current._id === into._id) continue;
    standing.set(into._id, await mergeSolo(context, { from: current, into, place }));
    grownIds.add(into._id);
  }
  return standing;
}

async function casesOf(
  { contacts, relations, accounts }: Needs,
  externalUserIds: readonly string[],
): Promise<Case[]> {
  const [people, followers] = await Promise.all([
    contacts.findMany(externalUserIds),
    relations.ofContacts(externalUserIds),
  ]);
  const followersOf = new Map<string, Relation[]>(people.map(({ _id }) => [_id, []]));
  for (const relation of followers)
    if (!relation.lostAt) followersOf.get(relation.externalUserId)?.push(relation);
  const held = people.flatMap(({ accountId }) => accountId ?? []);
  const present = held.length > 0 ? await accounts.findMany(held) : [];
  const current = new Map(present.map((account) => [account._id, account]));
  return people.map((contact) => {
    const followers = followersOf.get(contact._id) ?? [];
    const remarkCorpNames = followers.map(({ remarkCorpName }) => remarkCorpName);
    const clue = companyClueOf({ ...contact, remarkCorpNames });
    return { contact, clue, followers, current: current.get(contact.accountId ?? '') ?? null };
  });
}

/** The account of each contact by the contact's id, made now where there is none. */
async function chooseAccounts(context: Needs, cases: readonly Case[]): Promise<Map<string, Account>> {
  const keys = cases.flatMap(({ clue }) => [clue.key, clue.legalKey].filter(Boolean));
  const match = createCompanyMatch(await context.accountBook.find({ keys }));
  const chosen = new Map<string, Account>();
  const wanting: (Case & { name: string })[] = [];
  for (const each of cases) {
    const { contact, clue, current } = each;
    const found = match.find(clue) ?? (clue.key ? null : current);
    if (found) chosen.set(contact._id, found);
    else wanting.push({ ...each, name: clue.key ? match.nameFor(clue) : '' });
  }
  const makeAll = async (missing: typeof wanting) => {
    const made = await context.accounts.findOrCreateMany(missing.map((each) => wishOf(each, context.now())));
    for (const [index, account] of made.entries()) chosen.set(missing[index]?.contact._id ?? '', account);
  };
  await makeAll(wanting);
  // Somebody else may have made an account of that name meanwhile, for another company.
  const taken = wanting.filter(({ contact, clue: { legalKey } }) => {
    const account = chosen.get(contact._id);
    return legalKey && account?.legalKey && account.legalKey !== legalKey;
  });
  if (taken.length > 0) await makeAll(taken.map((each) => ({ ...each, name: each.clue.legalName })));
  return chosen;
}

/** The account that a contact should have: of the company, or of their own. */
function wishOf({ contact, clue, followers, name }: Case & { name: string }, now: Date): AccountSpec {
  const [first] = followers;
  const beginning = { knownSince: first?.followedAt ?? now, source: sourceOf(first) };
  if (!name) return { soloOf: contact._id, beginning: { name: contact.name, ...beginning } };
  const { legalName, legalKey } = clue;
  const legal = legalKey ? { legalName, legalKey } : {};
  return { nameKey: matchKey(name), beginning: { name, ...beginning, ...legal } };
}

/** The channel code by which they came, else who added them. Source: domain.md §13 */
function sourceOf(first: Relation | undefined): AccountSource | null {
  if (!first) return null;
  return first.state ? { kind: 'channel', detail: first.state } : { kind: 'wecom', detail: first.staffId };
}

/** What the account gains by the contact: an owner if it has none, and somebody new to speak to. */
function welcomeInto(
  account: Account,
  { contact, clue, followers, place }: Omit<Case, 'current'> & { place: CadencePolicy },
): Partial<Account> {
  const first = followers[0];
  const isNewcomer = first && contact.accountId !== account._id;
  const marks = isNewcomer ? afterNewContact(account, first.followedAt) : marksOf(account);
  // An account in the pool waits for its heir; the leaver's own relation must not bring it back.
  const ownerId = account.ownerId ?? (account.pooledAt ? null : (first?.staffId ?? null));
  const learned = learnedOf(account, clue);
  return { ...marks, ...learned, ownerId, dueOn: nextDue({ ...account, ...marks }, place).dueOn };
}

/** Only what differs, so that nobody's change of the meantime is written over with what we had read. */
function differenceOf(account: Account, gain: Partial<Account>): Partial<Account> {
  const kept: Record<string, unknown> = account;
  const news = Object.entries(gain).filter(([field, value]) => kept[field]?.valueOf() !== value?.valueOf());
  return Object.fromEntries(news);
}

/** Before the contact is placed, so that a merge that is cut short is ended by placing them again. */
async function mergeSolo(
  { merges, history, touches, site, now }: Needs,
  { from, into, place }: { from: Account; into: Account; place: CadencePolicy },
): Promise<Account> {
  const [by, at, reason] = ['place-contact', now(), 'company became known'];
  const merge = await merges.begin({
    fromId: from._id,
    fromName: from.name,
    intoId: into._id,
    reason,
    by,
    at,
    on: calendarDay(at, site.timeZone),
  });
  if (!merge || !(await merges.carryOut(merge))) return into; // somebody merged it elsewhere
  const about = { accountId: into._id, ownerId: into.ownerId, kind: 'account' as const, by, at };
  const change = { ...about, from: from._id, to: into._id, why: reason };
  await history.appendOnce([{ _id: `merge:${merge._id}`, ...change }]);
  return (await touches.refresh(into._id, place)) ?? into;
}
