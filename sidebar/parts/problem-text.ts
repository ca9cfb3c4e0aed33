import { ApiError } from './api.ts';
import { ACTIONS } from './texts.ts';

/** Why something did not work, in words for people; our server's refusals are written for them. */
export const problemText = (error: unknown, offline: string = ACTIONS.offline): string =>
  error instanceof ApiError ? error.message : offline;
