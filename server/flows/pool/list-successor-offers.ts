import type { Context } from '../../context.ts';
import { spellingIn } from '../../domain/system/user-id.ts';
import { deciders } from '../../domain/staff/successor.ts';
import type { Staff } from '../../store/staff.ts';

/** What one leader is to decide: whether `heir` takes over `count` accounts of `leaver`. */
export type SuccessorOffer = { leaderId: string; leaver: Staff; heir: Staff; count: number };

/** Every proposal that nobody agreed to yet, for each leader of the leaver; for administrators where nobody leads. */
export async function listSuccessorOffers({
  pool,
  staff,
  departments,
  site,
}: Pick<Context, 'pool' | 'staff' | 'departments' | 'site'>): Promise<SuccessorOffer[]> {
  const pairs = await pool.pairs({ isAccepted: false });
  if (pairs.length === 0) return [];
  const tree = await departments.all();
  const people = await staff.all();
  const spelled = spellingIn(people);
  const members = new Map(people.map((member) => [member._id, member]));
  return pairs.flatMap(({ formerOwnerId, heirId, count }) => {
    const [leaver, heir] = [members.get(formerOwnerId), members.get(heirId)];
    if (!leaver || leaver.isActive || !heir?.isActive) return [];
    const leaders = deciders(leaver, tree, people);
    const asked = leaders.length > 0 ? leaders : site.adminIds.map(spelled);
    return asked.map((leaderId) => ({ leaderId, leaver, heir, count }));
  });
}
