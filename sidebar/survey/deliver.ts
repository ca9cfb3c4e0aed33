import type { Survey, SurveyDraft } from '../../server/api/contract/survey.ts';
import { answerSurvey } from './api.ts';
import { createBox } from '../parts/keep.ts';

/**
 * Carries answers to the server, one at a time and the newest last, so that a slow score never overtakes its
 * correction. What is not there yet waits in the phone, even after the page is closed.
 */
export function createDelivery(token: string) {
  const box = createBox<SurveyDraft>(() => localStorage, `genjin.survey.${token}`);
  let waiting: SurveyDraft | null = box.read();
  let running: Promise<Survey | null> | null = null;

  const run = async (): Promise<Survey | null> => {
    const sent = waiting;
    if (!sent) return null;
    const survey = await answerSurvey(token, sent);
    if (waiting !== sent) return run();
    forget();
    return survey;
  };

  const forget = (): void => {
    waiting = null;
    box.drop();
  };

  /** Sends what waits; null when nothing did. @throws {ApiError | NoAnswer} and keeps it. */
  const flush = (): Promise<Survey | null> => {
    running ??= run().finally(() => (running = null));
    return running;
  };

  return {
    waiting: () => waiting,
    flush,
    forget,
    send: (draft: SurveyDraft): Promise<Survey | null> => {
      waiting = draft;
      box.keep(draft);
      return flush();
    },
  };
}
