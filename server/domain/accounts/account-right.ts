import { canSeeAccount, type Caller } from '../staff/staff.ts';

/**
 * How far somebody may go with an account, each right with those before it. basics: what a claim needs, of an account in the
 * pool. read: all of it, and log what was said. edit: change what is known (owner, deputy). decide: merge, split, release (owner).
 * manage: give it away and set things by hand (who leads the owner). Source: domain.md §1.
 */
export const ACCOUNT_RIGHTS = ['none', 'basics', 'read', 'edit', 'decide', 'manage'] as const;
export type AccountRight = (typeof ACCOUNT_RIGHTS)[number];

/**
 * What somebody wants with an account: to go as far as a right, or to talk 跟进 with the customer, which needs `read` and an owner:
 * the pool waits for somebody who claims, and nobody follows up there, not even who may read it.
 */
export type AccountAccess = AccountRight | 'talk';

/** The right that a wish needs. */
export const rightFor = (wish: AccountAccess): AccountRight => (wish === 'talk' ? 'read' : wish);

/** Who has to do with an account. `formerOwnerId` counts while nobody owns it. */
export type AccountStake = {
  ownerId: string | null;
  deputyId: string | null;
  formerOwnerId?: string | null;
};

/** True when `right` goes as far as `wanted`. */
export const reaches = (right: AccountRight, wanted: AccountRight): boolean =>
  ACCOUNT_RIGHTS.indexOf(right) >= ACCOUNT_RIGHTS.indexOf(wanted);

/**
 * True when the caller leads who owns the account, or who owned it last while it lies in the pool; administrators always. Of an
 * account that nobody ever owned no manager is in charge.
 */
function mayManageAccount(
  { role, teamIds }: Caller,
  { ownerId, formerOwnerId }: Pick<AccountStake, 'ownerId' | 'formerOwnerId'>,
): boolean {
  const responsibleId = ownerId ?? formerOwnerId ?? null;
  return (
    role === 'admin' || (role === 'manager' && responsibleId !== null && teamIds.includes(responsibleId))
  );
}

/**
 * What the caller may do with the account.
 *
 * @param alsoIds who follows one of its contacts now, and who stands in for its owner today.
 */
export function accountRight(
  caller: Caller,
  account: AccountStake,
  alsoIds: readonly string[],
): AccountRight {
  if (mayManageAccount(caller, account)) return 'manage';
  if (account.ownerId === caller.staffId) return 'decide';
  if (account.deputyId === caller.staffId) return 'edit';
  if (canSeeAccount(caller, account, alsoIds)) return 'read';
  return account.ownerId === null ? 'basics' : 'none';
}

/** True when the caller may go so far by what they have to do with the account themselves, not for following or standing in. */
export const mayThemselves = (caller: Caller, account: AccountStake, to: AccountRight): boolean =>
  reaches(accountRight(caller, account, []), to);

/** True while an account waits for an heir whom a leader agreed to: nobody else gets it. */
export const isPromised = ({
  ownerId,
  heirAcceptedBy,
}: {
  ownerId: string | null;
  heirAcceptedBy: string | null;
}): boolean => ownerId === null && heirAcceptedBy !== null;

/** The ids of those of these accounts that are promised to somebody else than this member. */
export const promisedToOthers = (
  accounts: readonly {
    _id: string;
    ownerId: string | null;
    heirId: string | null;
    heirAcceptedBy: string | null;
  }[],
  staffId: string,
): ReadonlySet<string> =>
  new Set(accounts.filter((each) => isPromised(each) && each.heirId !== staffId).map(({ _id }) => _id));

/** What people read who would give a promised account away. */
export const PROMISED = '这个客户已确定接手人，正在移交，不能再分给别人';

/** What people read who would work with a promised account before its heir has it. */
export const PROMISED_AWAY = '客户在待分配中，已确定接手人，正在移交；移交完成后由接手人跟进';
