import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import { keepCard } from '../response-codes.ts';
import { nextId } from '../state.ts';
import { defineApi } from './define-api.ts';
import { contentFields, contentOf } from './message-content.ts';
import type { AppContent } from './message-content.ts';
import { reachedBy } from './message-quota.ts';
import { recipientsOf } from './recipients.ts';

/** `agentid` is a number in the manual; text of digits passes too. */
const sendFields = contentFields.extend({
  touser: z.string().optional(),
  toparty: z.string().optional(),
  totag: z.string().optional(),
  agentid: z.coerce.string(),
  safe: z.number().int().min(0).max(2).optional(),
  enable_id_trans: z.number().optional(),
  enable_duplicate_check: z.number().optional(),
  duplicate_check_interval: z.number().max(14_400).optional(),
});
type SendFields = z.infer<typeof sendFields>;

/** `a|b` taken apart. */
const list = (text = '') => [...new Set(text.split('|').filter((part) => part !== ''))];

/** Who gets it, and what was named in vain, as texts; userids come back in lower case. */
function namedIn(platform: Platform, fields: SendFields) {
  const users = list(fields.touser);
  const isForAll = users.includes('@all');
  const named = { parties: list(fields.toparty), tags: list(fields.totag), isForAll };
  const { staff, invalid } = recipientsOf(platform, {
    users: users.filter((userid) => userid !== '@all'),
    ...named,
  });
  return {
    staff,
    invalid: {
      invaliduser: invalid.users.join('|').toLowerCase(),
      invalidparty: invalid.parties.join('|'),
      invalidtag: invalid.tags.join('|'),
      unlicenseduser: '',
    },
  };
}

/** Remembers equal requests; those inside the interval are answered, but not delivered again. */
const sentBefore = new WeakMap<Platform, Map<string, { answer: Record<string, unknown>; until: number }>>();

/** The answer to an equal request inside the interval, or null. */
function earlierAnswer(platform: Platform, fields: SendFields): Record<string, unknown> | null {
  if (fields.enable_duplicate_check !== 1) return null;
  const copy = sentBefore.get(platform)?.get(keyOf(fields));
  return copy && copy.until > platform.now().getTime() ? copy.answer : null;
}

function keyOf(fields: SendFields): string {
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

function rememberAnswer(platform: Platform, fields: SendFields, answer: Record<string, unknown>): void {
  if (fields.enable_duplicate_check !== 1) return;
  const known = sentBefore.get(platform) ?? new Map();
  const until = platform.now().getTime() + (fields.duplicate_check_interval ?? 1800) * 1000;
  sentBefore.set(platform, known.set(keyOf(fields), { answer, until }));
}

/** Puts the message into every member's list, each with a copy of his own. */
function deliver(
  { state, now }: Platform,
  userids: readonly string[],
  { msgid, content }: { msgid: string; content: AppContent },
): void {
  const message = { id: msgid, at: now().toISOString(), kind: 'app' as const, from: state.corp.appName };
  state.messages.push(...userids.map((to) => ({ ...message, ...structuredClone(content), to })));
}

/** Some invalid recipients are reported beside errcode 0; only when nobody is left is it an error (81013). */
const send = defineApi({
  method: 'POST',
  path: '/cgi-bin/message/send',
  title: '发送应用消息',
  writes: true,
  empty: { invaliduser: '', invalidparty: '', invalidtag: '', unlicenseduser: '' },
  fields: sendFields,
  run: (platform, fields) => {
    const { state } = platform;
    if (fields.agentid !== state.corp.agentId) throw new ApiError(40056);
    if ([fields.touser, fields.toparty, fields.totag].every((to) => !to)) throw new ApiError(82001);
    if (fields.safe === 2 && fields.msgtype !== 'mpnews') throw new ApiError(40058, 'safe');
    const earlier = earlierAnswer(platform, fields);
    if (earlier) return earlier;
    const content = contentOf(platform, fields);
    const { staff, invalid } = namedIn(platform, fields);
    if (staff.length === 0) throw new ApiError(81013, '', invalid);
    const reached = reachedBy(
      platform,
      staff.map(({ userid }) => userid),
    );
    const msgid = nextId(state, 'msg');
    const code = 'controls' in content ? keepCard(platform, msgid, content.controls) : {};
    deliver(platform, reached, { msgid, content });
    const answer = { ...invalid, msgid, ...code };
    rememberAnswer(platform, fields, answer);
    return answer;
  },
});

/** Takes a message back from every member within 24 hours. */
const recall = defineApi({
  method: 'POST',
  path: '/cgi-bin/message/recall',
  title: '撤回应用消息',
  writes: true,
  fields: z.object({ msgid: z.string() }),
  missing: { msgid: 41046 },
  run: (platform, { msgid }) => {
    const { state, now } = platform;
    const dayAgo = new Date(now().getTime() - 86_400_000).toISOString();
    const isIt = (message: (typeof state.messages)[number]) =>
      message.kind === 'app' && message.id === msgid && message.at >= dayAgo;
    if (!state.messages.some(isIt)) throw new ApiError(41047);
    state.messages = state.messages.filter((message) => !isIt(message));
    return {};
  },
});

/** App messages to members. Source: wecom.md §3.13. */
export const messageApis = [send, recall];
