import type { Context } from '../../context.ts';
import { contactNames } from '../../domain/contact-name.ts';
import { questionView, talkView, type TalkNames } from '../../domain/talk-view.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'contacts' | 'followUps' | 'questions' | 'relations' | 'staff'>;
type Wanted = { account: Account; limit: number };

/** The latest `limit` follow-ups with an account that was opened for the caller, and what it asked that nobody has answered. */
export async function listTalks(context: Needs, caller: { staffId: string }, { account, limit }: Wanted) {
  const [people, followUps, questions] = await Promise.all([
    context.contacts.ofAccount(account._id),
    context.followUps.latestOf(account._id, limit),
    context.questions.openOf(account._id),
  ]);
  const staff = await context.staff.namesOf(followUps.map(({ staffId }) => staffId));
  const followers = await context.relations.followersOf(people.map(({ _id }) => _id));
  const called = contactNames(people, followers, [caller.staffId, account.ownerId]);
  const names: TalkNames = {
    staff: (staffId) => staff.get(staffId) ?? staffId,
    contact: (externalUserId) => called.get(externalUserId ?? '') ?? null,
  };
  return {
    followUps: followUps.map((followUp) => talkView(followUp, names)),
    questions: questions.map((question) => questionView(question, names)),
  };
}
