import type { Context } from '../../context.ts';
import { deciders, successorPairs } from '../../domain/staff/successor.ts';
import { isNamed } from '../../domain/system/user-id.ts';
import type { SuccessorPair } from '../../store/pool.ts';
import { WecomError } from '../../wecom/client/error.ts';

type Needs = Pick<Context, 'staff' | 'departments' | 'pool' | 'wecom' | 'site' | 'log'>;

/** A tap on a button: who, what about (`<leaver>.<heir>`), and the code that changes the card once. */
export type SuccessorTap = { staffId: string; subject: string; responseCode: string; at: Date };

/**
 * Keeps that a leader agrees to an heir and greys the card; `collect-transfers` then hands the accounts over. Only who is
 * asked may agree: a leader of the leaver, or an administrator. Repeatable.
 *
 * @throws {WecomUnreachable} when the card could not be changed; the agreement is kept by then.
 */
export async function acceptSuccessor(
  context: Needs,
  { staffId, subject, responseCode }: SuccessorTap,
): Promise<void> {
  const pair = await pairOf(context, subject);
  const text = pair ? await decide(context, staffId, pair) : '已失效';
  await context.wecom.messages.disableButtons(responseCode, [staffId], text).catch((error: unknown) => {
    if (!(error instanceof WecomError) || error.isTransient) throw error;
    context.log.warn({ error, staffId }, 'card not greyed');
  });
}

/** The two members whom the subject names. */
async function pairOf({ staff }: Needs, subject: string): Promise<SuccessorPair | null> {
  for (const { leaverId, heirId } of successorPairs(subject)) {
    const [leaver, heir] = [await staff.findCurrent(leaverId), await staff.findCurrent(heirId)];
    if (leaver && heir) return { formerOwnerId: leaver._id, heirId: heir._id };
  }
  return null;
}

/** @returns what the card's button says from now on */
async function decide(context: Needs, staffId: string, pair: SuccessorPair): Promise<string> {
  const { staff, departments, pool, site } = context;
  const people = await staff.all();
  const leaver = people.find(({ _id }) => _id === pair.formerOwnerId);
  const heir = people.find(({ _id }) => _id === pair.heirId);
  if (!leaver || !heir?.isActive) return '接手人已不在职';
  const mayDecide = [...site.adminIds, ...deciders(leaver, await departments.all(), people)];
  if (!isNamed(mayDecide, staffId)) return '您不负责该成员';
  const accepted = await pool.accept(pair, staffId);
  if (accepted > 0) return '已同意';
  const held = await pool.heldBy(pair.formerOwnerId, { heirId: pair.heirId });
  return held.length > 0 ? '已同意' : '已处理';
}
