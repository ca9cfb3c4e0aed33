import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import { useCode } from '../response-codes.ts';
import type { KeptMessage } from '../state.ts';
import { defineApi } from './define-api.ts';
import { cardContent } from './message-content.ts';
import { recipientsOf } from './recipients.ts';
import { cardFields } from './template-card.ts';

const fields = z.object({
  userids: z.array(z.string()).default([]),
  partyids: z.array(z.coerce.string()).default([]),
  tagids: z.array(z.coerce.string()).default([]),
  atall: z.number().default(0),
  agentid: z.coerce.string(),
  response_code: z.string(),
  button: z.object({ replace_name: z.string().min(1) }).optional(),
  template_card: cardFields.optional(),
});
type Fields = z.infer<typeof fields>;
type AppMessage = Extract<KeptMessage, { kind: 'app' }>;

/** What the card becomes: another one, or the same with grey buttons. @throws {ApiError} 40058, 42014–42049 */
function changeOf({ button, template_card: card }: Fields): (message: AppMessage) => void {
  if (card) {
    const content = cardContent(card);
    return (message) => {
      delete message.controls;
      Object.assign(message, structuredClone(content));
    };
  }
  if (!button) throw new ApiError(40058, 'button');
  return ({ controls }) => {
    if (controls) controls.replacedBy = button.replace_name;
  };
}

/** Changes a sent card for some of those who have it; a code works once. Source: wecom.md §3.13. */
const update = defineApi({
  method: 'POST',
  path: '/cgi-bin/message/update_template_card',
  title: '更新模版卡片消息',
  writes: true,
  empty: { invaliduser: [] },
  fields,
  missing: { response_code: 42016 },
  run: (platform: Platform, asked) => {
    const { state } = platform;
    if (asked.agentid !== state.corp.agentId) throw new ApiError(42015);
    const { userids: users, partyids: parties, tagids: tags } = asked;
    const isForAll = asked.atall === 1;
    if (!isForAll && users.length + parties.length + tags.length === 0) throw new ApiError(82001);
    const { staff, invalid } = recipientsOf(platform, { users, parties, tags, isForAll });
    const change = changeOf(asked);
    const { msgid } = useCode(platform, asked.response_code);
    const meant = new Set(staff.map(({ userid }) => userid));
    for (const message of state.messages)
      if (message.kind === 'app' && message.id === msgid && meant.has(message.to)) change(message);
    return { invaliduser: invalid.users };
  },
});

/** Changing cards. Source: wecom.md §3.13. */
export const updateCardApis = [update];
