import type { Context } from '../../context.ts';
import type { HeirWhy } from '../../domain/heir.ts';
import type { Caller } from '../../domain/staff.ts';

/** Accounts without an owner that the caller may see, with the heir who is proposed and why. */
export async function listPool(
  { pool, staff }: Pick<Context, 'pool' | 'staff'>,
  { caller, limit }: { caller: Caller; limit: number },
) {
  const whose = caller.role === 'admin' ? {} : { formerOwnerIds: caller.teamIds };
  const names = new Map((await staff.all()).map(({ _id, name }) => [_id, name]));
  const person = (staffId: string | null | undefined) =>
    staffId ? { staffId, name: names.get(staffId) ?? staffId } : null;
  return (await pool.list({ ...whose, limit })).map((account) => ({
    id: account._id,
    name: account.name,
    region: account.region,
    formerOwner: person(account.formerOwnerId),
    pooledAt: account.pooledAt?.toISOString() ?? null,
    heir: person(account.heirId),
    why: account.heirWhy ? whyOf(account.heirWhy) : null,
    isAccepted: Boolean(account.heirAcceptedBy),
  }));
}

const whyOf = ({ touchedAt, ...why }: HeirWhy) => ({ ...why, touchedAt: touchedAt?.toISOString() ?? null });
