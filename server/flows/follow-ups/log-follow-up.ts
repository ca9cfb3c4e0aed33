import type { Context } from '../../context.ts';
import { calendarDay, type Day } from '../../domain/calendar.ts';
import {
  hasOutcome,
  isTouch,
  questionId,
  type Channel,
  type Outcome,
  type Participant,
  type TalkLevel,
} from '../../domain/follow-ups/follow-up.ts';
import { nextPromiseId } from '../../domain/cadence/past-touches.ts';
import { NEXT_TOUCH, promiseFault, type PromiseAct } from '../../domain/cadence/promise.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import type { CadenceReport } from '../../domain/cadence/view.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';
import type { NewPromise } from '../../store/promises.ts';
import { refreshCadence, type CadenceNeeds } from '../cadence/refresh-cadence.ts';

/** What becomes of a promise that stood when the form was opened; `day` when it is moved. */
type PromiseWish = { id: string; act: PromiseAct; day: Day | null };

/** A follow-up as a page sends it; `requestId` makes a repeated send harmless. */
export type FollowUpInput = {
  requestId: string;
  channel: Channel;
  outcome: Outcome | null;
  level: TalkLevel | null;
  participants: Participant[];
  purpose: string;
  notes: string;
  promises: string;
  promised: { text: string; day: Day }[];
  standing: PromiseWish[];
  questions: string[];
  answeredQuestionIds: string[];
  nextStep: string;
  nextOn: Day | null;
};

/** What was opened for the caller, see `load-contact` and `load-talk`; without a contact it is with the account as such. */
type Opened = { contact: Contact | null; account: Account };

type Needs = Pick<Context, 'followUps' | 'promises' | 'questions'> & CadenceNeeds;

/**
 * Keeps a follow-up with an account, mostly with one of its contacts, and moves the account's cadence at once: what was agreed
 * on, what became of what was agreed on before, what was asked and answered. Source: domain.md §6.
 *
 * @throws {AppError} 400 `outcome_missing`, `date_in_the_past`, `date_too_far` or `day_missing`.
 */
export async function logFollowUp(
  context: Needs,
  caller: Caller,
  { opened, note }: { opened: Opened; note: FollowUpInput },
): Promise<{ id: string; cadence: CadenceReport }> {
  const id = `${caller.staffId}:${note.requestId}`;
  if (!(await context.followUps.find(id))) await keep(context, caller, { id, opened, note });
  return { id, cadence: await refreshCadence(context, opened.account) };
}

type Noted = { id: string; opened: Opened; note: FollowUpInput };

/** The follow-up goes last: while it is not there, a repeated send does everything again. */
async function keep(context: Needs, caller: Caller, noted: Noted): Promise<void> {
  const { id, opened, note } = noted;
  await check(context, noted);
  await keepQuestions(context, caller, noted);
  await keepPromises(context, caller, noted);
  const { requestId: _sent, questions: _asked, answeredQuestionIds: _answered, ...said } = note;
  const { promised: _promised, standing: _standing, ...words } = said;
  const about = { ...aboutOf(opened), staffId: caller.staffId, at: context.now() };
  await context.followUps.keep({ _id: id, ...about, ...words, isTouch: isTouch(loggedOf(note)) });
}

const loggedOf = (note: FollowUpInput) => ({
  ...note,
  hasQuestions: note.questions.length + note.answeredQuestionIds.length > 0,
});

async function check({ settings, now, site }: Needs, { opened, note }: Noted): Promise<void> {
  if (!hasOutcome(loggedOf(note)))
    throw new AppError(400, 'outcome_missing', { message: '请选择跟进结果，或写一句聊了什么' });
  const { cadence } = await settings.read();
  const rule = { today: calendarDay(now(), site.timeZone), tier: opened.account.tier, cadence };
  const moved = note.standing.filter(({ act }) => act === 'moved');
  if (moved.some(({ day }) => !day))
    throw new AppError(400, 'day_missing', { message: '改期的约定请选新的日期' });
  const days = [note.nextOn, ...note.promised.map(({ day }) => day), ...moved.map(({ day }) => day)];
  for (const day of days) {
    const fault = day && promiseFault(day, rule);
    if (fault) throw new AppError(400, fault.code, { message: fault.message });
  }
}

const aboutOf = ({ account, contact }: Opened) => ({
  accountId: account._id,
  externalUserId: contact?._id ?? null,
});

async function keepQuestions(
  context: Needs,
  { staffId }: Caller,
  { id, opened, note }: Noted,
): Promise<void> {
  const { questions, now } = context;
  const about = { ...aboutOf(opened), askedAt: now(), answeredAt: null };
  await questions.keepAll(
    note.questions.map((text, index) => ({ _id: questionId(id, index), ...about, text })),
  );
  const answered = { answeredAt: now(), answeredBy: staffId, answeredIn: id };
  await questions.answer(opened.account._id, note.answeredQuestionIds, answered);
}

async function keepPromises(context: Needs, { staffId }: Caller, noted: Noted): Promise<void> {
  const { id, opened, note } = noted;
  const made = { ...aboutOf(opened), madeAt: context.now(), madeBy: staffId, madeIn: id };
  const fresh: NewPromise[] = note.promised.map((each, index) => ({
    _id: `${id}:p${index}`,
    ...made,
    ...each,
  }));
  const { nextOn, nextStep } = note;
  if (nextOn) fresh.push({ _id: nextPromiseId(id), ...made, text: nextStep || NEXT_TOUCH, day: nextOn });
  const moved = await endPromises(context, staffId, noted);
  await context.promises.make([...fresh, ...moved.map((each) => ({ ...made, ...each }))]);
}

type Moved = Pick<NewPromise, '_id' | 'externalUserId' | 'text' | 'day'>;

/** Ends those of which the form says so. @returns what comes in the place of moved ones. */
async function endPromises({ promises, now }: Needs, staffId: string, { id, opened, note }: Noted) {
  const standing = new Map((await promises.openOf(opened.account._id)).map((each) => [each._id, each]));
  const moved: Moved[] = [];
  for (const [index, { id: promiseId, act, day }] of note.standing.entries()) {
    const promise = standing.get(promiseId);
    if (!promise || act === 'keep') continue;
    const movedTo = act === 'moved' ? `${id}:m${index}` : null;
    const { externalUserId, text } = promise;
    if (movedTo && day) moved.push({ _id: movedTo, externalUserId, text, day });
    await promises.end(promise, { state: act, endedAt: now(), endedBy: staffId, endedIn: id, movedTo });
  }
  return moved;
}
