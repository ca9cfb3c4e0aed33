import type { Context } from '../../context.ts';
import { calendarDay, type Day } from '../../domain/calendar.ts';
import { afterFollowUp, nextDue } from '../../domain/cadence.ts';
import type { Channel, Participant, TalkLevel } from '../../domain/follow-up.ts';
import type { Caller } from '../../domain/staff.ts';
import { cadenceReport, type CadenceReport } from '../../domain/view.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';

/** A follow-up as a page sends it; `requestId` makes a repeated send harmless. */
export type FollowUpNote = {
  requestId: string;
  channel: Channel;
  level: TalkLevel | null;
  participants: Participant[];
  purpose: string;
  notes: string;
  promises: string;
  questions: string[];
  answeredQuestionIds: string[];
  nextStep: string;
  nextOn: Day | null;
};

/** What was opened for the caller, see `open-contact` and `open-talk`; without a contact it is with the account as such. */
type Opened = { contact: Contact | null; account: Account };

type Needs = Pick<Context, 'accounts' | 'followUps' | 'questions' | 'settings' | 'now' | 'site'>;

/**
 * Keeps a follow-up with an account, mostly with one of its contacts, and moves the account's cadence at once.
 *
 * @throws {AppError} 400 `date_in_the_past`.
 */
export async function logFollowUp(
  context: Needs,
  caller: Caller,
  { opened, note }: { opened: Opened; note: FollowUpNote },
): Promise<{ id: string; cadence: CadenceReport }> {
  const { timeZone } = context.site;
  const place = { timeZone, ...(await context.settings.read()) };
  const now = context.now();
  const { account } = opened;
  const id = `${caller.staffId}:${note.requestId}`;
  if (await context.followUps.find(id)) return { id, cadence: cadenceReport(account, now, place) };
  if (note.nextOn && note.nextOn < calendarDay(now, timeZone)) {
    throw new AppError(400, 'date_in_the_past', { message: '下次跟进日期不能早于今天' });
  }
  await keepQuestions(context, { id, opened, note });
  const marks = afterFollowUp(account, { at: now, nextOn: note.nextOn });
  const touched = { ...account, ...marks };
  await context.accounts.update(account._id, { ...marks, dueOn: nextDue(touched, place).dueOn });
  const { requestId: _sent, questions: _asked, answeredQuestionIds: _answered, ...said } = note;
  await context.followUps.keep({ _id: id, ...aboutOf(opened), staffId: caller.staffId, at: now, ...said });
  return { id, cadence: cadenceReport(touched, now, place) };
}

const aboutOf = ({ account, contact }: Opened) => ({
  accountId: account._id,
  externalUserId: contact?._id ?? null,
});

type Noted = { id: string; opened: Opened; note: FollowUpNote };

async function keepQuestions({ questions, now }: Needs, { id, opened, note }: Noted): Promise<void> {
  const about = { ...aboutOf(opened), askedAt: now(), answeredAt: null };
  await questions.keepAll(note.questions.map((text, index) => ({ _id: `${id}:${index}`, ...about, text })));
  await questions.answer(opened.account._id, note.answeredQuestionIds, now());
}
