import type { Context } from '../../context.ts';
import type { SuccessorWhy } from '../../domain/staff/successor.ts';
import type { Caller } from '../../domain/staff/staff.ts';

/** Accounts without an owner that the caller may see, with the product they are about, and the heir who is proposed and why. */
export async function listPool(
  { pool, products, staff }: Pick<Context, 'pool' | 'products' | 'staff'>,
  { caller, limit }: { caller: Caller; limit: number },
) {
  const whose = caller.role === 'admin' ? {} : { formerOwnerIds: caller.teamIds };
  const names = new Map((await staff.all()).map(({ _id, name }) => [_id, name]));
  const person = (staffId: string | null | undefined) =>
    staffId ? { staffId, name: names.get(staffId) ?? staffId } : null;
  const found = await pool.list({ ...whose, limit });
  const known = await products.ofAccounts(found.map(({ _id }) => _id));
  return found.map((account) => ({
    id: account._id,
    name: account.name,
    region: account.region,
    product: known.get(account._id) ?? null,
    formerOwner: person(account.formerOwnerId),
    pooledAt: account.pooledAt?.toISOString() ?? null,
    heir: person(account.heirId),
    why: account.heirWhy ? whyOf(account.heirWhy) : null,
    isAccepted: Boolean(account.heirAcceptedBy),
  }));
}

const whyOf = ({ touchedAt, ...why }: SuccessorWhy) => ({
  ...why,
  touchedAt: touchedAt?.toISOString() ?? null,
});
