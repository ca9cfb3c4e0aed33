import type { Context } from '../../context.ts';
import { loopAfter } from '../../domain/nps/detractor.ts';
import {
  isCorrection,
  isSameNote,
  isOneTooMany,
  respondentOf,
  surveyAccess,
  type SurveyAccess,
  type SurveyInput,
  type SurveyVisitor,
} from '../../domain/nps/survey-access.ts';
import { AppError } from '../../errors.ts';
import type { Answer } from '../../store/answers.ts';
import type { Campaign } from '../../store/campaigns.ts';
import type { Invitation } from '../../store/invitations.ts';

type Needs = Pick<
  Context,
  'announcements' | 'answers' | 'audit' | 'contacts' | 'invitations' | 'settings' | 'touches' | 'site' | 'now'
>;

/** What was found for the token (see `find-invitation`), and who holds it. */
type Opened = { invitation: Invitation; campaign: Campaign; visitor: SurveyVisitor };

/** An answer as the page sends it; one that is not final is the bare score, and the rest follows. */
export type SurveyDraft = SurveyInput & { isFinal: boolean };

/** Two who answer at once are told apart at the second try. */
const MOST_TRIES = 5;

/**
 * Keeps an answer once, or corrects it while the campaign is open; the same answer again changes nothing. The first one
 * belongs to the visitor who gave it. It is a sign of life and no touch of ours; a bad mark makes the next follow-up due within
 * a working day, until its loop is closed or the mark corrected (domain.md §6).
 *
 * @throws {AppError} 410 `survey_closed`; 403 `answered_by_another`; 409 `already_answered` or `too_many_corrections`.
 */
export async function answerSurvey(context: Needs, opened: Opened, draft: SurveyDraft): Promise<Answer> {
  const { invitation, campaign } = opened;
  if (campaign.closesAt <= context.now())
    throw new AppError(410, 'survey_closed', { message: '问卷已结束，感谢您的支持' });
  const contact = await context.contacts.find(invitation.externalUserId);
  const accountId = contact?.accountId ?? invitation.accountId;
  const { before, answer } = await keepAnswer(context, { ...opened, accountId }, draft);
  if (before && isSameNote(before, draft)) return answer;
  await context.invitations.arrive(invitation._id);
  if (before && before.score !== answer.score) await noteCorrection(context, before, answer.score);
  const place = { timeZone: context.site.timeZone, ...(await context.settings.read()) };
  await context.touches.refresh(accountId, place);
  const told = { accountId, subjectId: answer._id, contactId: answer.externalUserId, by: 'survey' };
  await context.announcements.add([{ event: 'nps.answered', ...told, at: context.now() }]);
  return answer;
}

type Kept = { before: Answer | null; answer: Answer };

async function keepAnswer(
  context: Needs,
  opened: Opened & { accountId: string },
  draft: SurveyDraft,
): Promise<Kept> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const before = await context.answers.find(opened.invitation._id);
    const kept = before
      ? await correct(context, opened, { before, draft })
      : await begin(context, opened, draft);
    if (kept) return kept;
  }
  throw new AppError(409, 'try_again', { message: '同时收到了几份回答，请再提交一次' });
}

async function begin(
  { answers, now }: Needs,
  { invitation, visitor, accountId }: Opened & { accountId: string },
  { isFinal, ...note }: SurveyDraft,
): Promise<Kept | null> {
  const { _id, campaignId, externalUserId, staffId } = invitation;
  if (surveyAccess(externalUserId, null, visitor) === 'foreign') throw answeredByAnother();
  const at = now();
  const about = { _id, campaignId, externalUserId, accountId, staffId, answeredAt: at, changedAt: at };
  const given = { respondent: respondentOf(visitor, externalUserId), isFinished: isFinal };
  const loop = loopAfter(null, { score: note.score, at });
  const answer = { ...about, ...note, ...loop, ...given, corrections: 0, version: 0 };
  return (await answers.keep(answer)) ? { before: null, answer } : null;
}

async function correct(
  { answers, now }: Needs,
  { invitation, visitor, accountId }: Opened & { accountId: string },
  { before, draft }: { before: Answer; draft: SurveyDraft },
): Promise<Kept | null> {
  const { isFinal } = draft;
  const access = surveyAccess(invitation.externalUserId, before, visitor);
  const isSame = isSameNote(before, draft);
  const isDone = isSame && (before.isFinished || !isFinal);
  refuseUnlessOpen(isDone && access === 'given' ? 'own' : access, !isSame && isOneTooMany(before, isFinal));
  if (isDone) return { before, answer: before };
  const respondent = respondentOf(visitor, invitation.externalUserId);
  const answer = { ...corrected(before, draft, now()), accountId, respondent };
  return (await answers.correct(before, answer)) ? { before, answer } : null;
}

/** The answer as it is with what was said now; the same words again are no correction. */
function corrected(before: Answer, { isFinal, ...note }: SurveyDraft, at: Date): Answer {
  const isSame = isSameNote(before, note);
  return {
    ...before,
    ...note,
    ...loopAfter(before, { score: note.score, at }),
    isFinished: isFinal,
    corrections: before.corrections + Number(!isSame && isCorrection(before, isFinal)),
    changedAt: isSame ? before.changedAt : at,
  };
}

const answeredByAnother = () =>
  new AppError(403, 'answered_by_another', {
    message: '这份问卷是发给另一位客户的，或者已经在别处作答，不能在这里填写',
  });

function refuseUnlessOpen(access: SurveyAccess, isTooMuch: boolean): void {
  if (access === 'foreign') throw answeredByAnother();
  if (access === 'given')
    throw new AppError(409, 'already_answered', { message: '您已经作答，感谢您的反馈' });
  if (!isTooMuch) return;
  const message = '修改次数已经用完，以最后一次提交的为准；还想补充请直接告诉您的对接人';
  throw new AppError(409, 'too_many_corrections', { message });
}

/** The score that a correction overwrites; what the customer wrote is nothing for the log. */
async function noteCorrection({ audit, now }: Needs, { _id, score }: Answer, to: number): Promise<void> {
  const subject = `answer:${_id}`;
  await audit.note([
    { by: 'survey', at: now(), act: 'answer.correct', subject, from: { score }, to: { score: to } },
  ]);
}
