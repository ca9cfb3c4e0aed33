import { ApiError } from '../parts/api.ts';
import { WxFailure, type WxStep } from '../parts/wx.ts';

/** What happens between opening the page and seeing the customer, in this order. */
export const CHECKS = ['sign_in', 'bridge', 'agent_config', 'chat_contact', 'profile'] as const;
export type Check = (typeof CHECKS)[number];

/** Every way in which the page can fail to show a customer; `texts.ts` says what to do about each. */
export type ProblemCode =
  | 'offline'
  | 'signed_out'
  | 'not_a_member'
  | 'bridge_silent'
  | 'wecom_silent'
  | 'app_refused'
  | 'signature_unavailable'
  | 'contact_refused'
  | 'not_yours'
  | 'not_synced'
  | 'too_often'
  | 'server_away'
  | 'server_error';

/** `detail` is the other side's own word, for whoever mends it; empty when there is none. */
export type Problem = { code: ProblemCode; check: Check; detail: string };

const CHECK_OF_STEP: Record<WxStep, Check> = {
  bridge: 'bridge',
  agent_config: 'agent_config',
  context: 'chat_contact',
  contact: 'chat_contact',
  send: 'chat_contact',
};

/** Silence and refusal need different cures, so they are different problems. */
function wxProblem({ step, errMsg }: WxFailure): Problem {
  const check = CHECK_OF_STEP[step];
  if (errMsg === null)
    return { check, code: step === 'bridge' ? 'bridge_silent' : 'wecom_silent', detail: '' };
  return { check, code: step === 'agent_config' ? 'app_refused' : 'contact_refused', detail: errMsg };
}

/** What a refusal of our own server means, by status; anything else is the server's trouble. */
const REFUSALS: Partial<Record<Check, Readonly<Record<number, ProblemCode>>>> = {
  sign_in: { 403: 'not_a_member' },
  profile: { 403: 'not_yours', 404: 'not_synced' },
};

/** The same whatever was asked for. */
const ANYWHERE: Readonly<Record<number, ProblemCode>> = {
  401: 'signed_out',
  429: 'too_often',
  503: 'server_away',
};

function refusalCode(status: number, check: Check): ProblemCode {
  const anywhere = ANYWHERE[status];
  if (anywhere) return anywhere;
  if (check === 'agent_config') return 'signature_unavailable';
  return REFUSALS[check]?.[status] ?? 'server_error';
}

/** Names what went wrong while `check` ran. Anything unknown counts as a server error, with its own words. */
export function problemOf(error: unknown, check: Check): Problem {
  if (error instanceof WxFailure) return wxProblem(error);
  if (error instanceof ApiError) {
    return { check, code: refusalCode(error.status, check), detail: `${error.message}（${error.code}）` };
  }
  return { check, code: 'offline', detail: '' };
}
