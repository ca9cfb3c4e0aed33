import { ApiError } from './api-error.ts';
import { isInteractive } from './api/card-problem.ts';
import type { Platform } from './platform.ts';
import type { CardControls, ResponseCode } from './slices/cards.ts';
import { nextSecret } from './state.ts';

/** A response_code lives 72 hours. Source: wecom.md §3.13. */
const CODE_MS = 72 * 3_600_000;

/** A fresh right to change a card. */
export function issueCode(platform: Platform, msgid: string): string {
  const { state, now } = platform;
  const nowMs = now().getTime();
  const code = nextSecret(state, 'response code', 64);
  state.responseCodes = state.responseCodes.filter(({ expiresAt }) => expiresAt > nowMs);
  state.responseCodes.push({ code, msgid, expiresAt: nowMs + CODE_MS, isUsed: false });
  return code;
}

/** Takes the card's task_id for good; interactive cards get a response_code. @throws {ApiError} 42014 for a task_id used before */
export function keepCard(
  platform: Platform,
  msgid: string,
  controls: CardControls | undefined,
): { response_code?: string } {
  if (!controls) return {};
  const { cardTasks } = platform.state;
  if (cardTasks.includes(controls.taskId)) throw new ApiError(42014, 'task_id');
  cardTasks.push(controls.taskId);
  return isInteractive(controls.cardType) ? { response_code: issueCode(platform, msgid) } : {};
}

/** Uses a code up. @throws {ApiError} 42016 unknown, expired or used before */
export function useCode(platform: Platform, code: string): ResponseCode {
  const known = platform.state.responseCodes.find((candidate) => candidate.code === code);
  if (!known || known.isUsed || known.expiresAt <= platform.now().getTime()) throw new ApiError(42016);
  known.isUsed = true;
  return known;
}
