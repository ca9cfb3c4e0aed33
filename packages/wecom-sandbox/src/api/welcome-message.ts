import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import { sayInChat } from '../send-chat.ts';
import type { WelcomeGrant } from '../state.ts';
import { hasTalked, WELCOME_MS } from '../welcome.ts';
import { messageFields, messageOf } from './attachments.ts';
import { defineApi } from './define-api.ts';

/** A slow rival holds the customer so long. */
const RIVAL_MS = 1000;

/** The right that a code stands for. Unknown and expired codes are told apart from used ones: only 41051 is final for the sender. @throws {ApiError} 41050, 41051, 41096 */
function usableGrant(platform: Platform, code: string): WelcomeGrant {
  const { state, now, book } = platform;
  const grant = state.welcomes.find((candidate) => candidate.code === code);
  if (!grant) throw new ApiError(41050);
  const relation = book.relation(grant.userid, grant.externalUserId);
  if (grant.isUsed || (relation && hasTalked(relation))) throw new ApiError(41051);
  if (!relation || grant.expiresAt <= now().getTime()) throw new ApiError(41050);
  yieldToRival(platform, grant);
  return grant;
}

/** Another app may greet the same customers. @throws {ApiError} 41096 while it is at it, 41051 when it was first */
function yieldToRival({ rules, now }: Platform, grant: WelcomeGrant): void {
  const ageMs = now().getTime() - (grant.expiresAt - WELCOME_MS);
  if (rules.rivalApp === 'slow' && ageMs < RIVAL_MS) throw new ApiError(41096);
  if (rules.rivalApp === 'first') throw new ApiError(41051);
}

/** Welcome messages: within 20 s of the event, once. Source: wecom.md §3.6. */
export const welcomeApis = [
  defineApi({
    method: 'POST',
    path: '/cgi-bin/externalcontact/send_welcome_msg',
    title: '发送新客户欢迎语',
    writes: true,
    fields: messageFields.extend({ welcome_code: z.string() }),
    missing: { welcome_code: 41049 },
    run: (platform, fields) => {
      const grant = usableGrant(platform, fields.welcome_code);
      const { text, links } = messageOf(platform, fields);
      grant.isUsed = true;
      const { userid, externalUserId } = grant;
      sayInChat(platform, { from: `staff:${userid}`, to: `customer:${externalUserId}`, text, links });
      return {};
    },
  }),
];
