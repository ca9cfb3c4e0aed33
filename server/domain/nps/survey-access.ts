/**
 * After the first answer to an invitation it can be changed so many times, then it stands. A score that is changed before
 * the rest was sent counts, too; sending the rest does not.
 */
export const MOST_CORRECTIONS = 5;

/** Who stands before a questionnaire: a browser by its cookie, and whom WeCom recognised in it, if anybody. */
export type SurveyVisitor = { browserId: string; externalUserId: string | null };

/** What decides about an answer: who gave it (null: not known, it is older than the rule), and how far it is. */
export type GivenAnswer = {
  respondent: string | null;
  isFinished: boolean;
  corrections: number;
};

/** What a customer says: 0–10, why, and whether we shall call. */
export type SurveyInput = { score: number; comment: string; wantsContact: boolean };

export const isSameNote = (a: SurveyInput, b: SurveyInput): boolean =>
  a.score === b.score && a.comment === b.comment && a.wantsContact === b.wantsContact;

/**
 * What a visitor may do with an invitation. `open`: give the answer; `own`: read and correct it; `unfinished`: add the rest to
 * it; `given`: nothing more than be thanked; `foreign`: neither see nor change it.
 */
export type SurveyAccess = 'open' | 'own' | 'unfinished' | 'given' | 'foreign';

const contact = (externalUserId: string) => `contact:${externalUserId}`;
const browser = (browserId: string) => `browser:${browserId}`;

/** How an answer names who gave it: whom we asked, recognised by WeCom, or else a browser. */
export const respondentOf = (visitor: SurveyVisitor, invitedId: string): string =>
  visitor.externalUserId === invitedId ? contact(invitedId) : browser(visitor.browserId);

/**
 * The token of a link only names an invitation; what its holder may do depends on who they are. The first answer belongs to
 * who gave it: somebody whom WeCom recognises as whom we asked can read and correct it, a browser can give it once.
 *
 * @param invitedId the contact whom we asked.
 * @param answer null: nobody has answered.
 */
export function surveyAccess(
  invitedId: string,
  answer: GivenAnswer | null,
  visitor: SurveyVisitor,
): SurveyAccess {
  if (!answer) return mayBegin(invitedId, visitor) ? 'open' : 'foreign';
  if (isOwn(invitedId, answer, visitor)) return 'own';
  if (answer.respondent !== browser(visitor.browserId)) return 'foreign';
  return answer.isFinished ? 'given' : 'unfinished';
}

/** Somebody whom WeCom recognised as another contact does not answer for this one. */
const mayBegin = (invitedId: string, { externalUserId }: SurveyVisitor) =>
  externalUserId === null || externalUserId === invitedId;

function isOwn(invitedId: string, { respondent }: GivenAnswer, visitor: SurveyVisitor): boolean {
  if (visitor.externalUserId !== invitedId) return false;
  return respondent === null || [contact(invitedId), browser(visitor.browserId)].includes(respondent);
}

/** Whether one more change of the answer counts as a correction; the one that finishes it does not. */
export const isCorrection = (before: GivenAnswer, isFinal: boolean): boolean => before.isFinished || !isFinal;

/** Whether this change is one too many. */
export const isOneTooMany = (before: GivenAnswer, isFinal: boolean): boolean =>
  isCorrection(before, isFinal) && before.corrections >= MOST_CORRECTIONS;
