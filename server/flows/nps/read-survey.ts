import type { Context } from '../../context.ts';
import type { Answer } from '../../store/answers.ts';
import type { Campaign } from '../../store/campaigns.ts';
import type { Invitation } from '../../store/invitations.ts';

/** What was found for the token; see `find-invitation`. */
type Invited = { invitation: Invitation; campaign: Campaign };

/** What the questionnaire shows to whom it was sent. */
export async function readSurvey(
  { answers, staff, site, now }: Pick<Context, 'answers' | 'staff' | 'site' | 'now'>,
  { invitation, campaign }: Invited,
) {
  const [answer, asker] = await Promise.all([answers.find(invitation._id), staff.find(invitation.staffId)]);
  const isClosed = campaign.closesAt <= now();
  const state = answer ? ('answered' as const) : ('open' as const);
  return {
    state: isClosed ? ('closed' as const) : state,
    corpName: site.corpName,
    staffName: asker?.name ?? '',
    ...givenOf(answer),
  };
}

const givenOf = (answer: Answer | null) => ({
  score: answer ? answer.score : null,
  comment: answer ? answer.comment : '',
  wantsContact: answer ? answer.wantsContact : false,
});
