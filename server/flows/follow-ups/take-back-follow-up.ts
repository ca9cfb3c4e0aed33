import type { Context } from '../../context.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import type { CadenceReport } from '../../domain/cadence/view.ts';
import type { Account } from '../../store/account-model.ts';
import type { FollowUp } from '../../store/follow-ups.ts';
import { refreshCadence, type CadenceNeeds } from '../cadence/refresh-cadence.ts';

type Needs = Pick<Context, 'audit' | 'followUps' | 'promises' | 'questions'> & CadenceNeeds;

/**
 * Takes back a follow-up with everything that followed from it: what it answered is open again, what it promised is withdrawn,
 * what it ended stands, and the cadence is what it was. It stays in the history as taken back. Repeatable.
 * Source: domain.md §6.
 *
 * @param opened the account that was opened for the caller, and a follow-up of theirs; see `load-own-follow-up`.
 */
export async function takeBackFollowUp(
  context: Needs,
  { staffId }: Caller,
  { account, found }: { account: Account; found: FollowUp },
): Promise<{ id: string; cadence: CadenceReport }> {
  const { audit, followUps, promises, questions, now } = context;
  const { _id: id, at, channel } = found;
  await followUps.takeBack(id, now());
  await questions.undo(account._id, id, now());
  await promises.undo(account._id, id, { endedAt: now(), endedBy: staffId });
  const what = { act: 'follow_up.take_back', subject: `account:${account._id}` };
  if (!found.takenBackAt)
    await audit.note([{ ...what, by: staffId, at: now(), from: { id, at, channel }, to: null }]);
  return { id, cadence: await refreshCadence(context, account) };
}
