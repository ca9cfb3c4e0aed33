import { z } from 'zod';
import type { WecomCall } from './call.ts';
import { pagesOf } from './pages.ts';

/** A card to staff: `description` may hold `<div class="gray|normal|highlight">`. Source: wecom.md §3.13. */
export type TextCard = { title: string; description: string; url: string; buttonText: string };

/** A link shown as a card in a message to customers. */
export type MessageLink = { title: string; description: string; url: string };

/** A mass message to be confirmed by one member. */
export type Proposal = {
  staffId: string;
  externalUserIds: readonly string[];
  text: string;
  link: MessageLink;
};

/** What became of one recipient; 2: not a friend, 3: had another mass message. Source: wecom.md §3.7. */
export type SendResult = { externalUserId: string; outcome: 'waiting' | 'sent' | 'not_friend' | 'too_many' };

const OUTCOMES = ['waiting', 'sent', 'not_friend', 'too_many'] as const;
const TEXT_BYTES = 2048;
/** WeCom drops the same request for so long, which makes an unsure repeat harmless. */
const DUPLICATE_SECONDS = 4 * 3600;

/** App messages to staff. @see https://developer.work.weixin.qq.com/document/path/90236 */
export function createStaffMessages(call: WecomCall, agentId: number) {
  const answer = z.object({ msgid: z.string().default(''), invaliduser: z.string().default('') });
  const send = async (staffId: string, content: object) => {
    const check = { enable_duplicate_check: 1, duplicate_check_interval: DUPLICATE_SECONDS };
    const body = { touser: staffId, agentid: agentId, ...content, ...check };
    return (await call('/cgi-bin/message/send', { body, answer, isRepeatable: false })).msgid;
  };
  return {
    /** Sends a text with `<a href>` links, at most 2048 bytes. @returns the msgid */
    async sendText(staffId: string, content: string): Promise<string> {
      if (Buffer.byteLength(content) > TEXT_BYTES)
        throw new RangeError('a text message has at most 2048 bytes');
      return send(staffId, { msgtype: 'text', text: { content } });
    },
    /** Sends a card with one link. @returns the msgid */
    sendCard: (staffId: string, { title, description, url, buttonText }: TextCard): Promise<string> =>
      send(staffId, { msgtype: 'textcard', textcard: { title, description, url, btntxt: buttonText } }),
  };
}

const ProposeAnswer = z.object({ msgid: z.string().default(''), fail_list: z.array(z.string()).nullish() });
const Attachment = z.looseObject({ link: z.looseObject({ url: z.string().default('') }).optional() });
const ProposedAnswer = z.object({
  group_msg_list: z
    .array(z.object({ msgid: z.string(), attachments: z.array(Attachment).default([]) }))
    .default([]),
  next_cursor: z.string().default(''),
});
const ResultsAnswer = z.object({
  send_list: z
    .array(z.object({ external_userid: z.string().default(''), status: z.number().int() }))
    .default([]),
  next_cursor: z.string().default(''),
});

/** Messages to customers: mass messages that a member confirms, and the welcome. @see …/path/92135, 97611, 92137 */
export function createCustomerMessages(call: WecomCall) {
  return {
    /** Makes a task that the member confirms in WeCom. `refused` are contacts who cannot get it. @throws {WecomError} 41048 when that is everybody. */
    propose: (proposal: Proposal) => propose(call, proposal),
    /** Mass messages made between two instants (at most a month apart), with the links they hold. */
    proposed: (from: Date, to: Date) => proposed(call, from, to),
    /** What became of a mass message at one member's customers. */
    results: (msgid: string, staffId: string) => results(call, msgid, staffId),
    /** Greets a new customer once, within 20 s of the event. @throws {WecomError} 41050 too late, 41051 somebody was first. */
    async welcome(welcomeCode: string, text: string): Promise<void> {
      const body = { welcome_code: welcomeCode, text: { content: text } };
      await call('/cgi-bin/externalcontact/send_welcome_msg', {
        body,
        answer: z.unknown(),
        isRepeatable: false,
      });
    },
  };
}

async function propose(call: WecomCall, { staffId, externalUserIds, text, link }: Proposal) {
  const attachment = { title: link.title, desc: link.description, url: link.url };
  const body = {
    chat_type: 'single',
    external_userid: [...externalUserIds],
    sender: staffId,
    text: { content: text },
    attachments: [{ msgtype: 'link', link: attachment }],
  };
  const request = { body, answer: ProposeAnswer, isRepeatable: false };
  const { msgid, fail_list: refused } = await call('/cgi-bin/externalcontact/add_msg_template', request);
  return { msgid, refused: refused ?? [] };
}

async function proposed(call: WecomCall, from: Date, to: Date): Promise<{ msgid: string; urls: string[] }[]> {
  const path = '/cgi-bin/externalcontact/get_groupmsg_list_v2';
  const window = { start_time: Math.floor(from.getTime() / 1000), end_time: Math.ceil(to.getTime() / 1000) };
  const read = (cursor: string) => {
    const body = {
      chat_type: 'single',
      ...window,
      filter_type: 0,
      limit: 100,
      ...(cursor ? { cursor } : {}),
    };
    return call(path, { body, answer: ProposedAnswer });
  };
  const found: { msgid: string; urls: string[] }[] = [];
  for await (const { group_msg_list: messages } of pagesOf(path, read)) {
    for (const { msgid, attachments } of messages) found.push({ msgid, urls: attachments.map(urlOf) });
  }
  return found;
}

async function results(call: WecomCall, msgid: string, staffId: string): Promise<SendResult[]> {
  const path = '/cgi-bin/externalcontact/get_groupmsg_send_result';
  const read = (cursor: string) =>
    call(path, {
      body: { msgid, userid: staffId, limit: 500, ...(cursor ? { cursor } : {}) },
      answer: ResultsAnswer,
    });
  const found: SendResult[] = [];
  for await (const { send_list: rows } of pagesOf(path, read)) {
    for (const row of rows)
      found.push({ externalUserId: row.external_userid, outcome: OUTCOMES[row.status] ?? 'waiting' });
  }
  return found;
}

const urlOf = ({ link }: z.infer<typeof Attachment>) => link?.url ?? '';
