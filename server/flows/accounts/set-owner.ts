import type { Context } from '../../context.ts';
import { versionOf } from '../../domain/accounts/account-edits.ts';
import { isPromised, mayThemselves, PROMISED } from '../../domain/accounts/account-right.ts';
import { mayManage, type Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import { endEndedWarnings } from '../warnings/end-ended-warnings.ts';

type Needs = Pick<Context, 'pool' | 'staff' | 'history' | 'audit'> & Parameters<typeof endEndedWarnings>[0];

/** Who is to have it; what is absent stays. */
export type OwnerChange = { ownerId?: string | undefined; deputyId?: string | null | undefined };

/**
 * Gives an account that was opened for the caller another owner, for who manages the one before and the one after, or another
 * deputy, for the owner, too. A deputy who becomes the owner is deputy no more.
 *
 * @returns `false` when somebody else changed it since it was opened.
 * @throws {AppError} 403 `not_your_team`; 400 `unknown_member` or `own_deputy`; 409 `no_owner` or `promised_to_heir`.
 */
export async function setOwner(
  context: Needs,
  caller: Caller,
  { account, wish: given }: { account: Account; wish: OwnerChange },
): Promise<boolean> {
  const { pool, now } = context;
  const { _id: accountId, ownerId: fromId } = account;
  const wish = await spelledWish(context, given);
  const toId = wish.ownerId ?? fromId;
  if (!toId) throw new AppError(409, 'no_owner', { message: '客户在待分配中，请先指定负责人' });
  const deputyId = deputyOf(account, wish, toId);
  if (isPromised(account)) throw new AppError(409, 'promised_to_heir', { message: PROMISED });
  await check(context, caller, { fromId, toId, deputyId, account });
  if (toId === fromId && deputyId === account.deputyId) return true;
  const edit = { version: versionOf(account), by: caller.staffId, at: now() };
  if (!(await pool.handOver(accountId, { fromId, toId, deputyId, edit }))) return false;
  await note(context, account, { toId, deputyId, by: caller.staffId });
  await endEndedWarnings(context, accountId);
  return true;
}

type Given = { toId: string; deputyId: string | null; by: string };

async function note({ history, audit, now }: Needs, account: Account, { toId, deputyId, by }: Given) {
  const { _id: accountId, ownerId: fromId } = account;
  const at = now();
  if (toId !== fromId) {
    const change = { accountId, ownerId: toId, kind: 'owner' as const, from: fromId ?? '', to: toId };
    await history.append([{ ...change, why: 'set by hand', by, at }]);
  }
  const [from, to] = [
    { ownerId: fromId, deputyId: account.deputyId },
    { ownerId: toId, deputyId },
  ];
  await audit.note([{ by, at, act: 'account.owner', subject: `account:${accountId}`, from, to }]);
}

/** The userids as the directory spells them. */
async function spelledWish({ staff }: Needs, { ownerId, deputyId }: OwnerChange): Promise<OwnerChange> {
  const [owner] = await staff.spelled(ownerId ? [ownerId] : []);
  const [deputy] = await staff.spelled(deputyId ? [deputyId] : []);
  return { ownerId: owner, deputyId: deputy ?? (deputyId === undefined ? undefined : null) };
}

function deputyOf(account: Account, { deputyId }: OwnerChange, ownerId: string): string | null {
  if (deputyId === undefined) return account.deputyId === ownerId ? null : account.deputyId;
  if (deputyId === ownerId)
    throw new AppError(400, 'own_deputy', { message: '负责人不能同时是自己的协作人，请换一位' });
  return deputyId;
}

type Hand = { fromId: string | null; toId: string; deputyId: string | null; account: Account };

async function check(needs: Needs, caller: Caller, { fromId, toId, deputyId, account }: Hand): Promise<void> {
  const isOwnDeputy = toId === fromId && fromId === caller.staffId;
  if (!isOwnDeputy && !(mayThemselves(caller, account, 'manage') && mayManage(caller, [toId])))
    throw new AppError(403, 'not_your_team', { message: '只有双方的主管或管理员可以更换负责人' });
  if (toId !== fromId) await onlyMembers(needs, toId);
  if (deputyId && deputyId !== account.deputyId) await onlyMembers(needs, deputyId);
}

async function onlyMembers({ staff }: Needs, staffId: string): Promise<void> {
  if ((await staff.find(staffId))?.isActive) return;
  throw new AppError(400, 'unknown_member', { message: `${staffId} 不是在职成员，请换一位` });
}
