import type { Context } from '../../context.ts';
import { matchKey } from '../../domain/match-key.ts';
import { nextDue } from '../../domain/cadence/cadence.ts';
import { customProblems, type CustomValues } from '../../domain/accounts/custom-field.ts';
import { mayManage, type Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'accounts' | 'staff' | 'settings' | 'history' | 'audit' | 'site' | 'now'>;

/** A new account as a form sends it; `ownerId` undefined: the caller. */
export type AccountForm = {
  name: string;
  industry: string;
  region: string;
  size: string;
  custom: CustomValues;
  ownerId?: string | null | undefined;
  referredById: string | null;
};

/**
 * Makes an account of a company that nobody has yet.
 *
 * @throws {AppError} 409 `name_taken` with the other's `accountId`; 400 `invalid_custom`, `unknown_owner` or
 * `unknown_referrer`; 403 `not_your_team`.
 */
export async function createAccount(context: Needs, caller: Caller, form: AccountForm) {
  const { accounts, settings, site, now } = context;
  const ownerId = form.ownerId ? await spelled(context, form.ownerId) : orCaller(form.ownerId, caller);
  await checkOwner(context, caller, ownerId);
  const decided = await settings.read();
  const problems = customProblems(decided.customFields, form.custom);
  if (problems.length > 0)
    throw new AppError(400, 'invalid_custom', { message: '自定义字段有误', details: problems });
  const knownSince = now();
  const place = { timeZone: site.timeZone, ...decided };
  const nameKey = matchKey(form.name);
  if (await accounts.findStandingByKey(nameKey)) throw await nameTaken(context, nameKey);
  const account = await accounts.create({
    ...form,
    custom: { ...form.custom },
    nameKey,
    ownerId,
    knownSince,
    dueOn: nextDue({ tier: 'unrated', stage: 'suspect', knownSince }, place).dueOn,
    pooledAt: ownerId ? null : knownSince,
    ...(await originOf(context, caller, form.referredById)),
  });
  if (!account) throw await nameTaken(context, nameKey);
  await note(context, caller.staffId, account);
  return { id: account._id };
}

const orCaller = (ownerId: string | null | undefined, { staffId }: Caller) =>
  ownerId === undefined ? staffId : ownerId;

const spelled = async ({ staff }: Needs, userId: string) => (await staff.spelled([userId]))[0] ?? userId;

async function originOf({ accounts }: Needs, { staffId }: Caller, referrerId: string | null) {
  if (!referrerId) return { referredById: null, source: { kind: 'manual' as const, detail: staffId } };
  const referrer = await accounts.resolveMerged(referrerId);
  if (!referrer) throw new AppError(400, 'unknown_referrer', { message: '没有这个推荐客户' });
  return { referredById: referrer._id, source: { kind: 'referral' as const, detail: referrer._id } };
}

async function nameTaken({ accounts }: Needs, nameKey: string): Promise<AppError> {
  const details = { accountId: (await accounts.findStandingByKey(nameKey))?._id ?? null };
  return new AppError(409, 'name_taken', { message: '已有同名客户，可合并到该客户', details });
}

async function note({ history, audit, now }: Needs, by: string, account: Account): Promise<void> {
  const { _id: accountId, ownerId, name, industry, region, size, custom } = account;
  const at = now();
  await history.append([{ accountId, ownerId, kind: 'account', from: '', to: name, why: 'created', by, at }]);
  const to = { name, industry, region, size, custom, ownerId };
  await audit.note([{ by, at, act: 'account.create', subject: `account:${accountId}`, from: null, to }]);
}

async function checkOwner({ staff }: Needs, caller: Caller, ownerId: string | null): Promise<void> {
  if (ownerId === caller.staffId) return;
  if (ownerId ? !mayManage(caller, [ownerId]) : caller.role === 'sales')
    throw new AppError(403, 'not_your_team', { message: '只能为自己或本部门的成员建客户' });
  if (ownerId && !(await staff.find(ownerId))?.isActive)
    throw new AppError(400, 'unknown_owner', { message: '负责人不是在职成员' });
}
