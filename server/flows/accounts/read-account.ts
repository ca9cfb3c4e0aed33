import type { Context } from '../../context.ts';
import { versionOf } from '../../domain/accounts/account-edits.ts';
import { UNDO_DAYS, undoUntil } from '../../domain/accounts/account-merge.ts';
import { isPromised, reaches, type AccountRight } from '../../domain/accounts/account-right.ts';
import { accountBasics, doerName, namer, ONLY_TO_CLAIM } from '../../domain/accounts/account-view.ts';
import { assignWhyOf } from '../../domain/staff/assignment.ts';
import { shownCustom } from '../../domain/accounts/custom-field.ts';
import { contactName } from '../../domain/contacts/contact-name.ts';
import { chainGaps, kdmCompleteness } from '../../domain/contacts/kdm.ts';
import { matchKey } from '../../domain/match-key.ts';
import { cadenceReport } from '../../domain/cadence/view.ts';
import type { Account } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';

type Needs = Pick<
  Context,
  'accounts' | 'contacts' | 'relations' | 'history' | 'merges' | 'settings' | 'site' | 'staff' | 'now'
>;
type Names = ReadonlyMap<string, string>;

const REFERRALS_SHOWN = 50;

/** What was opened for the caller; see `load-account`. */
type Opened = { account: Account; right: AccountRight };

/** Everything about an account that was opened for the caller, or its basics where they get no more. */
export async function readAccount(context: Needs, caller: { staffId: string }, opened: Opened) {
  const isWhole = reaches(opened.right, 'read');
  return isWhole ? readWhole(context, caller, opened) : readBasics(context, opened.account);
}

/** What somebody needs to decide whether to claim an account of the pool. */
async function readBasics({ staff }: Needs, account: Account) {
  const person = namer(await staff.all());
  return {
    access: 'basics' as const,
    account: { ...accountBasics(account, person), ...ONLY_TO_CLAIM, ...UNTOLD },
    version: 0,
    formerOwner: null,
    ...NOTHING_MORE,
    may: { ...NOTHING_ALLOWED, claim: !isPromised(account) },
  };
}

const UNTOLD = { externalId: null, legalName: '', potentialScore: null, sharePercent: null };
const NOTHING_MORE = {
  cadence: null,
  twins: [],
  customFields: [],
  custom: {},
  source: null,
  referredBy: null,
  referrals: [],
  contacts: [],
  chainGaps: [],
  history: [],
  merges: [],
};
const NOTHING_ALLOWED = { edit: false, setOwner: false, merge: false, release: false };

async function readWhole(context: Needs, caller: { staffId: string }, { account, right }: Opened) {
  const { accounts, contacts, settings, staff } = context;
  const members = await staff.all();
  const names: Names = new Map(members.map(({ _id, name }) => [_id, name]));
  const person = namer(members);
  const people = await contacts.ofAccount(account._id);
  const { customFields, ...decided } = await settings.read();
  const place = { timeZone: context.site.timeZone, ...decided };
  const referrer = account.referredById ? await accounts.resolveMerged(account.referredById) : null;
  const referrals = await accounts.referredBy(account._id, REFERRALS_SHOWN);
  return {
    access: 'full' as const,
    version: versionOf(account),
    account: {
      ...accountBasics(account, person),
      externalId: account.externalId ?? null,
      legalName: account.legalName ?? '',
    },
    cadence: cadenceReport(account, context.now(), place),
    formerOwner: person(account.formerOwnerId),
    customFields: customFields.map((field) => ({ ...field, choices: [...field.choices] })),
    custom: shownCustom(customFields, account.custom ?? {}),
    source: account.source,
    referredBy: referrer && { id: referrer._id, name: referrer.name },
    referrals: referrals.map(({ _id: id, name }) => ({ id, name })),
    contacts: await peopleOf(context, people, { names, viewers: [caller.staffId, account.ownerId] }),
    chainGaps: chainGaps(people.map(({ kdm }) => kdm)),
    history: await pastOf(context, account._id, names),
    twins: (await accounts.sharing(account._id, keysOf(account))).map(({ _id: id, name }) => ({ id, name })),
    merges: await mergesOf(context, account._id, names),
    may: mayOf(account, right),
  };
}

/** The keys by which another account may be the same company; people may share a name. */
const keysOf = ({ name, legalKey, isSolo }: Account): string[] => [
  ...(isSolo ? [] : [matchKey(name)]),
  ...(legalKey ? [legalKey] : []),
];

async function peopleOf(
  { relations }: Needs,
  people: readonly Contact[],
  { names, viewers }: { names: Names; viewers: (string | null)[] },
) {
  const follows = await relations.followersOf(people.map(({ _id }) => _id));
  return people.map(({ _id, name, position, kdm }) => ({
    externalUserId: _id,
    ...contactName({ _id, name }, follows, viewers),
    title: kdm.title || position || null,
    decisionRole: kdm.decisionRole ?? null,
    closeness: kdm.closeness ?? null,
    budget: kdm.budget ?? null,
    superiorId: kdm.superiorId ?? null,
    completeness: kdmCompleteness(kdm),
    followers: follows
      .filter(({ externalUserId }) => externalUserId === _id)
      .map(({ staffId }) => ({ staffId, name: names.get(staffId) ?? staffId })),
  }));
}

/** What happened to the account, and to those that were merged into it: a merge keeps everything of both. Source: domain.md §1 */
async function pastOf({ history, merges }: Needs, accountId: string, names: Names) {
  const changes = await history.ofAccount(...(await merges.idsIn(accountId)));
  const real = changes.filter(({ kind, from, to }) => kind === 'account' || from !== to);
  return real.map(({ at, kind, from, to, why, by }) => ({
    at: at.toISOString(),
    kind,
    from,
    to,
    by: doerName(by, names),
    isRename: kind === 'account' && why === 'renamed',
    assigned: kind === 'owner' ? assignWhyOf(why) : null,
  }));
}

async function mergesOf({ merges, now }: Needs, accountId: string, names: Names) {
  const since = new Date(now().getTime() - UNDO_DAYS * 86_400_000);
  return (await merges.into(accountId, since)).map(({ fromId, fromName, at, by }) => ({
    accountId: fromId,
    name: fromName,
    at: at.toISOString(),
    by: doerName(by, names),
    undoUntil: undoUntil(at).toISOString(),
  }));
}

function mayOf(account: Account, right: AccountRight) {
  const isFree = !isPromised(account);
  const decides = reaches(right, 'decide');
  return {
    edit: reaches(right, 'edit'),
    setOwner: isFree && reaches(right, 'manage'),
    merge: isFree && decides,
    release: account.ownerId !== null && decides,
    claim: account.ownerId === null && isFree,
  };
}
