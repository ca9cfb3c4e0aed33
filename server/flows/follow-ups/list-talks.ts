import type { Context } from '../../context.ts';
import { contactNames } from '../../domain/contacts/contact-name.ts';
import { calendarDay } from '../../domain/calendar.ts';
import {
  detractorViews,
  promiseView,
  questionView,
  talkView,
  type TalkNames,
} from '../../domain/follow-ups/talk-view.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<
  Context,
  'answers' | 'contacts' | 'followUps' | 'promises' | 'questions' | 'relations' | 'staff' | 'site' | 'now'
>;

/** The latest `limit` follow-ups with an account that was opened for the caller, and what waits: promises, questions, bad marks. */
export async function listTalks(
  context: Needs,
  { staffId }: Pick<Caller, 'staffId'>,
  { account, limit }: { account: Account; limit: number },
) {
  const [people, followUps, questions, promises, answers] = await Promise.all([
    context.contacts.ofAccount(account._id),
    context.followUps.latestOf(account._id, limit),
    context.questions.openOf(account._id),
    context.promises.openOf(account._id),
    context.answers.ofAccount(account._id),
  ]);
  const members = [...followUps.map(({ staffId }) => staffId), ...promises.map(({ madeBy }) => madeBy)];
  const staff = await context.staff.namesOf(members);
  const dayOf = (at: Date) => calendarDay(at, context.site.timeZone);
  const { lastTouchAt } = account;
  const when = { today: dayOf(context.now()), touchedOn: lastTouchAt && dayOf(lastTouchAt) };
  const followers = await context.relations.followersOf(people.map(({ _id }) => _id));
  const called = contactNames(people, followers, [staffId, account.ownerId]);
  const names: TalkNames = {
    staff: (staffId) => staff.get(staffId) ?? staffId,
    contact: (externalUserId) => called.get(externalUserId ?? '') ?? null,
  };
  return {
    followUps: followUps.map((followUp) => talkView(followUp, names, { staffId, now: context.now() })),
    promises: promises.map((promise) => promiseView(promise, names, when)),
    questions: questions.map((question) => questionView(question, names)),
    detractors: detractorViews(answers, names),
  };
}
