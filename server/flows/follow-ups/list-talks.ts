import type { Context } from '../../context.ts';
import { questionView, talkView, type TalkNames } from '../../domain/talk-view.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'contacts' | 'followUps' | 'questions' | 'staff'>;

/** The latest `limit` follow-ups with an account that was opened for the caller, and what it asked that nobody has answered. */
export async function listTalks(context: Needs, account: Account, limit: number) {
  const [people, followUps, questions] = await Promise.all([
    context.contacts.ofAccount(account._id),
    context.followUps.latestOf(account._id, limit),
    context.questions.openOf(account._id),
  ]);
  const staff = await context.staff.namesOf(followUps.map(({ staffId }) => staffId));
  const called = new Map(people.map(({ _id, name }) => [_id, name]));
  const names: TalkNames = {
    staff: (staffId) => staff.get(staffId) ?? staffId,
    contact: (externalUserId) => called.get(externalUserId ?? '') ?? null,
  };
  return {
    followUps: followUps.map((followUp) => talkView(followUp, names)),
    questions: questions.map((question) => questionView(question, names)),
  };
}
