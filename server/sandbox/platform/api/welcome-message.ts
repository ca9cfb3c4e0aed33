import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { sayInChat } from '../send-chat.ts';
import { hasTalked } from '../welcome.ts';
import { letterFields, letterOf } from './attachments.ts';
import { defineApi } from './define-api.ts';

/** Welcome messages: within 20 s of the event, once. Source: wecom.md §3.6. */
export const welcomeApis = [
  defineApi({
    method: 'POST',
    path: '/cgi-bin/externalcontact/send_welcome_msg',
    title: '发送新客户欢迎语',
    writes: true,
    fields: letterFields.extend({ welcome_code: z.string() }),
    missing: { welcome_code: 41049 },
    run: (platform, fields) => {
      const { state, now } = platform;
      // Unknown and expired codes are told apart from used ones: only 41051 is final for the sender.
      const grant = state.welcomes.find((candidate) => candidate.code === fields.welcome_code);
      if (!grant) throw new ApiError(41050);
      const { userid, externalUserId } = grant;
      const relation = state.corp.relations.find(
        (row) => row.userid === userid && row.externalUserId === externalUserId,
      );
      if (grant.isUsed || (relation && hasTalked(relation))) throw new ApiError(41051);
      if (!relation || grant.expiresAt <= now().getTime()) throw new ApiError(41050);
      const { text, links } = letterOf(fields);
      grant.isUsed = true;
      sayInChat(platform, { from: `staff:${userid}`, to: `customer:${externalUserId}`, text, links });
      return {};
    },
  }),
];
