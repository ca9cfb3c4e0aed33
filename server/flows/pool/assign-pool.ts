import type { Context } from '../../context.ts';
import { assign, type Assigned, type AssignStrategy } from '../../domain/staff/assignment.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';
import { eachAtOnce } from '../../infra/streams.ts';
import { endEndedWarnings } from '../warnings/end-ended-warnings.ts';

type Needs = Pick<Context, 'pool' | 'products' | 'staff' | 'history' | 'audit'> &
  Parameters<typeof endEndedWarnings>[0];

/** Accounts whose warnings are ended at once. */
const LANES = 4;

/** What to give to whom; `accountIds` null: everything in the pool that the caller may give. `isPreview` changes nothing. */
export type AssignRequest = {
  strategy: AssignStrategy;
  accountIds: readonly string[] | null;
  staffIds: readonly string[];
  regions: readonly { region: string; staffIds: readonly string[] }[];
  products: readonly { product: string; staffIds: readonly string[] }[];
  isPreview: boolean;
};

/** So many accounts find an owner in one call. */
const MOST = 1000;

/**
 * Gives accounts of the pool to these members: a manager what the team left, an administrator everything. Who was faster, or is
 * agreed on as an heir, keeps the account. Every assignment is on record, with why this member.
 *
 * @returns who got what, or would get it; ids that were named and not given; whether the pool holds more for another call.
 * @throws {AppError} 400 `one_member_only` of `manual`; 409 `not_a_member` for who left or does not follow customers.
 */
export async function assignPool(
  context: Needs,
  caller: Caller,
  { accountIds, isPreview, ...wish }: AssignRequest,
): Promise<{ assigned: Assigned[]; skippedIds: string[]; hasMore: boolean }> {
  const { planned, hasMore } = await plan(context, caller, { accountIds, ...wish });
  const assigned = isPreview ? planned : await give(context, caller, planned);
  const given = new Set(assigned.map(({ accountId }) => accountId));
  const skippedIds = (accountIds ?? []).filter((id) => !given.has(id));
  return { assigned, skippedIds, hasMore };
}

async function plan(
  context: Needs,
  caller: Caller,
  { strategy, accountIds, staffIds, regions, products }: Omit<AssignRequest, 'isPreview'>,
) {
  await checkTakers(context, strategy, staffIds);
  const whose = caller.role === 'admin' ? {} : { formerOwnerIds: caller.teamIds };
  const found = await context.pool.list({ ...whose, accountIds, limit: MOST + 1 });
  const free = found.slice(0, MOST).filter(({ heirAcceptedBy }) => !heirAcceptedBy);
  const known = strategy === 'by_product' ? await context.products.ofAccounts(free.map(idOf)) : new Map();
  const accounts = free.map(({ _id, region }) => ({ _id, region, product: known.get(_id) ?? null }));
  const planned = assign(accounts, strategy, {
    staffIds,
    loads: await context.pool.countOwned(staffIds),
    regions: new Map(regions.map((each) => [each.region, each.staffIds])),
    products: new Map(products.map((each) => [each.product, each.staffIds])),
  });
  return { planned, hasMore: found.length > MOST };
}

/** Only those that nobody else took meanwhile. */
async function give(context: Needs, caller: Caller, planned: readonly Assigned[]): Promise<Assigned[]> {
  const assigned: Assigned[] = [];
  for (const each of planned) if (await context.pool.claim(each.accountId, each.ownerId)) assigned.push(each);
  await record(context, caller, assigned);
  await eachAtOnce(assigned, LANES, ({ accountId }) => endEndedWarnings(context, accountId));
  return assigned;
}

const idOf = ({ _id }: { _id: string }) => _id;

async function checkTakers({ staff }: Needs, strategy: AssignStrategy, staffIds: readonly string[]) {
  if (strategy === 'manual' && new Set(staffIds).size > 1)
    throw new AppError(400, 'one_member_only', { message: '手动分配只能选择一位成员' });
  const members = new Map((await staff.all()).map((member) => [member._id, member]));
  const isFit = (staffId: string) => {
    const member = members.get(staffId);
    return member?.isActive && member.followsCustomers !== false;
  };
  const unfit = staffIds.filter((staffId) => !isFit(staffId));
  if (unfit.length > 0)
    throw new AppError(409, 'not_a_member', {
      message: `成员 ${unfit.join('、')} 已离职、停用或没有客户联系权限，请换人`,
      details: { staffIds: unfit },
    });
}

async function record(
  { history, audit, now }: Needs,
  { staffId: by }: Caller,
  assigned: readonly Assigned[],
) {
  const at = now();
  const changes = assigned.map(({ accountId, ownerId, why }) => {
    return { accountId, ownerId, kind: 'owner' as const, from: '', to: ownerId, why, by, at };
  });
  await history.append(changes);
  const entries = assigned.map(({ accountId, ownerId, why }) => {
    const subject = `account:${accountId}`;
    return { by, at, act: 'account.assign', subject, from: { ownerId: null }, to: { ownerId, why } };
  });
  await audit.note(entries);
}
