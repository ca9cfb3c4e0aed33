import { aNote } from '../../support/a-note.ts';
import type { Answers, Case } from './permission-cases.ts';

/** Who sees 甲 finds nothing there; mark may not look. */
const WHO_SEES_JIA_IN_VAIN: Answers = [401, 404, 404, 404, 403, 404, 403];

const inVain = (path: string, body: object = {}): Case => ({
  expected: WHO_SEES_JIA_IN_VAIN,
  path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/${path}`,
  body,
});

const { requestId: _id, promised: _promised, standing: _standing, ...said } = aNote();
const { questions: _questions, answeredQuestionIds: _answered, ...words } = said;

/** The routes of what is owed to an account, and of what its author may do about a follow-up. */
export const OWED_ROUTES: Record<string, Case> = {
  'POST /api/v1/accounts/:accountId/follow-ups/:followUpId/correct': inVain('follow-ups/none/correct', words),
  'POST /api/v1/accounts/:accountId/follow-ups/:followUpId/take-back': inVain('follow-ups/none/take-back'),
  'POST /api/v1/accounts/:accountId/promises/:promiseId/settle': inVain('promises/none/settle', {
    act: 'kept',
  }),
  'POST /api/v1/accounts/:accountId/questions/:questionId/reopen': inVain('questions/none/reopen'),
  'POST /api/v1/accounts/:accountId/detractors/:answerId/close': inVain('detractors/none/close', {
    cause: '交期',
    action: '补货',
  }),
};
