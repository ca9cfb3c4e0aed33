import type { Survey, SurveyDraft } from '../../server/api/contract/survey.ts';
import { call } from '../parts/api.ts';

/** @param token as it stands in the address, encoded where it needs to be. */
export const readSurvey = (token: string) => call<Survey>(`/survey/${token}`);

/** May be repeated: the same answer again changes nothing. */
export const answerSurvey = (token: string, draft: SurveyDraft) => call<Survey>(`/survey/${token}`, draft);
