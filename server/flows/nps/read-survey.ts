import type { Context } from '../../context.ts';
import {
  MOST_CORRECTIONS,
  surveyAccess,
  type SurveyAccess,
  type SurveyVisitor,
} from '../../domain/nps/survey-access.ts';
import type { Answer } from '../../store/answers.ts';
import type { Campaign } from '../../store/campaigns.ts';
import type { Invitation } from '../../store/invitations.ts';

/** What was found for the token (see `find-invitation`), and who holds it. */
type Opened = { invitation: Invitation; campaign: Campaign; visitor: SurveyVisitor };

/** What the page is in for each access; a closed campaign comes before all of them. */
const STATES = {
  open: 'open',
  own: 'answered',
  unfinished: 'given',
  given: 'given',
  foreign: 'foreign',
} as const satisfies Record<SurveyAccess, string>;

/** What the questionnaire shows to this visitor: an answer only to whom we asked, and who was recognised. Changes nothing. */
export async function readSurvey(
  { answers, staff, site, now }: Pick<Context, 'answers' | 'staff' | 'site' | 'now'>,
  { invitation, campaign, visitor }: Opened,
) {
  const [answer, asker] = await Promise.all([answers.find(invitation._id), staff.find(invitation.staffId)]);
  const access = surveyAccess(invitation.externalUserId, answer, visitor);
  const isClosed = campaign.closesAt <= now();
  return {
    state: isClosed ? ('closed' as const) : STATES[access],
    corpName: site.corpName,
    staffName: asker?.name ?? '',
    ...(answer && access === 'own' ? givenOf(answer, isClosed) : NOTHING),
  };
}

const NOTHING = { score: null, comment: '', wantsContact: false, canCorrect: false };

function givenOf(answer: Answer, isClosed: boolean) {
  const { score, comment, wantsContact } = answer;
  const canCorrect = !isClosed && answer.corrections < MOST_CORRECTIONS;
  return { score, comment, wantsContact, canCorrect };
}
