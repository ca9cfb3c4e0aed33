import type { TransferKind } from './transfer.ts';

/** The change of owner that a transfer brings; its id is the same for every contact of the account. */
export function ownerChange(
  { kind, handoverId, takeoverId, askedBy, askedAt }: Handover,
  accountId: string,
  at: Date,
) {
  return {
    _id: `owner:${accountId}:${handoverId}:${takeoverId}:${askedAt.getTime()}`,
    accountId,
    ownerId: takeoverId,
    kind: 'owner' as const,
    from: handoverId,
    to: takeoverId,
    why: { transfer: kind },
    by: askedBy,
    at,
  };
}

/** Who gives to whom, and at whose wish. */
export type Handover = {
  kind: TransferKind;
  handoverId: string;
  takeoverId: string;
  askedBy: string;
  askedAt: Date;
};

/** A contact whom the owner follows, and the account. */
export type Movable = { externalUserId: string; accountId: string | null };

/** Accounts of which no contact needs to be moved: they have none, or only such whom the owner does not follow any more. */
export function freeAccounts(
  accountIds: readonly string[],
  contacts: readonly Movable[],
  unfollowedIds: ReadonlySet<string>,
): string[] {
  const moving = contacts.filter(({ externalUserId }) => !unfollowedIds.has(externalUserId));
  const held = new Set(moving.map(({ accountId }) => accountId));
  return accountIds.filter((id) => !held.has(id));
}

/** Why a contact is not on the way to the taker. */
export type TransferProblem = Movable & {
  code: 'in_progress' | 'too_often' | 'rejected';
  reason: string;
};

/** What starting a transfer did: contacts on their way, accounts that changed hands, and what did not. */
export type TransferReport = { started: number; assigned: number; problems: TransferProblem[] };

/** Accounts that somebody has to think about again: WeCom does not move a contact of theirs. */
export const stuckAccounts = (problems: readonly TransferProblem[]): string[] =>
  problems.flatMap(({ code, accountId }) => (code !== 'in_progress' && accountId ? [accountId] : []));
