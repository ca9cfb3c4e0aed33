import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { SandboxStaff } from '../corp.ts';
import type { Platform } from '../platform.ts';
import { nextId } from '../state.ts';
import { defineApi } from './define-api.ts';
import { isSameUserid } from './find-people.ts';
import { contentFields, contentOf } from './message-content.ts';

/** `agentid` is a number in the manual; text of digits passes too. */
const sendFields = contentFields.extend({
  touser: z.string().optional(),
  toparty: z.string().optional(),
  totag: z.string().optional(),
  agentid: z.coerce.string(),
  enable_duplicate_check: z.number().optional(),
  duplicate_check_interval: z.number().max(14_400).optional(),
});
type SendFields = z.infer<typeof sendFields>;

/** `a|b` taken apart. */
const list = (text = '') => text.split('|').filter((part) => part !== '');

/** Who gets it, and what was named in vain; userids come back in lower case. */
function recipientsOf({ state }: Platform, fields: SendFields) {
  const seen = state.corp.staff.filter(
    (member) => member.isVisible && (member.status === 1 || member.status === 4),
  );
  const users = list(fields.touser);
  if (users.length > 1000) throw new ApiError(40058, 'touser');
  const isForAll = users.includes('@all');
  const parties = new Set(list(fields.toparty));
  const isMeant = (member: SandboxStaff) =>
    isForAll ||
    users.some((userid) => isSameUserid(userid, member.userid)) ||
    member.departments.some((id) => parties.has(String(id)));
  const known = (userid: string) =>
    userid === '@all' || seen.some((member) => isSameUserid(userid, member.userid));
  const departments = new Set(state.corp.departments.map((department) => String(department.id)));
  return {
    staff: seen.filter(isMeant),
    invalid: {
      invaliduser: users
        .filter((userid) => !known(userid))
        .join('|')
        .toLowerCase(),
      invalidparty: [...parties].filter((id) => !departments.has(id)).join('|'),
      // The sandbox corp has no member tags.
      invalidtag: list(fields.totag).join('|'),
    },
  };
}

/** Remembers equal requests; those inside the interval are answered, but not delivered again. */
const sentBefore = new WeakMap<Platform, Map<string, { msgid: string; until: number }>>();

/** The msgid of an equal request inside the interval, or null; then this one is remembered. */
function earlierCopy(platform: Platform, fields: SendFields, msgid: string): string | null {
  if (fields.enable_duplicate_check !== 1) return null;
  const known = sentBefore.get(platform) ?? new Map<string, { msgid: string; until: number }>();
  sentBefore.set(platform, known);
  const key = createHash('sha256').update(JSON.stringify(fields)).digest('hex');
  const nowMs = platform.now().getTime();
  const copy = known.get(key);
  if (copy && copy.until > nowMs) return copy.msgid;
  known.set(key, { msgid, until: nowMs + (fields.duplicate_check_interval ?? 1800) * 1000 });
  return null;
}

/** Above 30 a minute a member gets nothing more, and nobody is told. Source: wecom.md §4.1. */
function isFlooded({ state, rules, now }: Platform, userid: string): boolean {
  const since = new Date(now().getTime() - 60_000).toISOString();
  const lately = state.messages.filter(
    (message) => message.kind === 'app' && message.to === userid && message.at > since,
  );
  return lately.length >= rules.appMessagesPerMinute;
}

/** Some invalid recipients are reported beside errcode 0; only when nobody is left is it an error (81013). */
const send = defineApi({
  method: 'POST',
  path: '/cgi-bin/message/send',
  title: '发送应用消息',
  writes: true,
  empty: { invaliduser: '', invalidparty: '', invalidtag: '' },
  fields: sendFields,
  run: (platform, fields) => {
    const { state, now } = platform;
    if (fields.agentid !== state.corp.agentId) throw new ApiError(40056);
    if ([fields.touser, fields.toparty, fields.totag].every((to) => !to)) throw new ApiError(82001);
    const content = contentOf(fields);
    const { staff, invalid } = recipientsOf(platform, fields);
    if (staff.length === 0) throw new ApiError(81013, '', invalid);
    const msgid = nextId(state, 'msg');
    const copy = earlierCopy(platform, fields, msgid);
    if (copy !== null) return { ...invalid, msgid: copy };
    const message = {
      id: msgid,
      at: now().toISOString(),
      kind: 'app' as const,
      from: state.corp.appName,
      ...content,
    };
    const reached = staff.filter(({ userid }) => !isFlooded(platform, userid));
    state.messages.push(...reached.map(({ userid }) => ({ ...message, to: userid })));
    return { ...invalid, msgid };
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
