import { ApiError, NoAnswer } from '../../parts/api.ts';
import { WxFailure } from '../../parts/wx.ts';
import { NOT_RECORDED, NOT_SENT } from './texts.ts';

/** Why a message was not sent, or not recorded, in words, and what helps besides trying again. */
export type Refusal = { text: string; help: 'copy' | 'sign_in' | null };

/** WeCom's own words, and ours. Source: wecom.md §5.2, §5.3. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/cancel/i, NOT_SENT.cancelled],
  [/without context/i, NOT_SENT.noChat],
  [/permission|access denied/i, NOT_SENT.forbidden],
];

/** The chat is with somebody else by now. */
export const OTHER_CHAT: Refusal = { text: NOT_SENT.otherChat, help: 'copy' };

/** Why nothing was sent, as far as anybody knows. */
export function notSent(error: unknown): Refusal {
  const word = error instanceof WxFailure ? error.errMsg : String(error);
  if (word === null) return { text: NOT_SENT.silent, help: null };
  const [, text = NOT_SENT.refused(word)] = WORDS.find(([pattern]) => pattern.test(word)) ?? [];
  return { text, help: text === NOT_SENT.cancelled ? null : 'copy' };
}

/** Why a sent message was not recorded. */
export function notRecorded(error: unknown): Refusal {
  if (error instanceof NoAnswer) return { text: NOT_RECORDED.offline, help: null };
  if (error instanceof ApiError && error.status === 401)
    return { text: NOT_RECORDED.signedOut, help: 'sign_in' };
  return { text: NOT_RECORDED.refused(error instanceof Error ? error.message : String(error)), help: null };
}

/** Whether asking again can never help: our server knows the request and will not have it. */
export const isFinal = (error: unknown): boolean =>
  error instanceof ApiError && error.status < 500 && ![401, 408, 429].includes(error.status);
