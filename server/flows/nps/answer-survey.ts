import type { Context } from '../../context.ts';
import { loopAfter } from '../../domain/detractor.ts';
import { AppError } from '../../errors.ts';
import type { Answer } from '../../store/answers.ts';
import type { Campaign } from '../../store/campaigns.ts';
import type { Invitation } from '../../store/invitations.ts';

type Needs = Pick<
  Context,
  'announcements' | 'answers' | 'audit' | 'contacts' | 'touches' | 'settings' | 'site' | 'now'
>;

/** What was found for the token; see `find-invitation`. */
type Invited = { invitation: Invitation; campaign: Campaign };

/** An answer as the page sends it. */
export type SurveyNote = { score: number; comment: string; wantsContact: boolean };

/**
 * Keeps an answer once, or corrects it while the campaign is open. It is a sign of life and no touch of ours; a bad mark makes
 * the next follow-up due within a working day, until its loop is closed or the mark corrected (domain.md §6).
 *
 * @throws {AppError} 410 `survey_closed`.
 */
export async function answerSurvey(
  context: Needs,
  { invitation, campaign }: Invited,
  note: SurveyNote,
): Promise<void> {
  const { answers, now } = context;
  if (campaign.closesAt <= now())
    throw new AppError(410, 'survey_closed', { message: '问卷已结束，感谢您的支持' });
  const { _id, campaignId, externalUserId, staffId } = invitation;
  const accountId = (await context.contacts.find(externalUserId))?.accountId ?? invitation.accountId;
  const about = { _id, campaignId, externalUserId, accountId, staffId };
  const before = await answers.find(_id);
  const loop = loopAfter(before, { score: note.score, at: now() });
  await answers.save({ ...about, ...note, ...loop, answeredAt: now(), changedAt: now() });
  if (before && before.score !== note.score) await noteCorrection(context, before, note.score);
  const place = { timeZone: context.site.timeZone, ...(await context.settings.read()) };
  await context.touches.refresh(accountId, place);
  const told = { accountId, subjectId: _id, contactId: externalUserId, by: 'survey', at: now() };
  await context.announcements.add([{ event: 'nps.answered', ...told }]);
}

/** The score that a correction overwrites; what the customer wrote is nothing for the log. */
async function noteCorrection({ audit, now }: Needs, { _id, score }: Answer, to: number): Promise<void> {
  const subject = `answer:${_id}`;
  await audit.note([
    { by: 'survey', at: now(), act: 'answer.correct', subject, from: { score }, to: { score: to } },
  ]);
}
