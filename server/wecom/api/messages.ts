import { z } from 'zod';
import { idList, words } from '../client/answer-shapes.ts';
import { AppContentShape, type AppContent } from './app-content.ts';
import type { WecomCall } from '../client/call.ts';
import { checkRequest, defineCall, decodesNothing } from '../client/define-call.ts';
import { theirNames } from '../client/our-names.ts';
import { anyOf, bytes, id, list, staff } from '../client/request-shapes.ts';
import { buttonCard, TemplateCardShape, type ButtonCard, type TemplateCard } from './template-cards.ts';

/** A card to staff: `description` may hold `<div class="gray|normal|highlight">`. Source: wecom.md §3.13. */
export type TextCard = { title: string; description: string; url: string; buttonText: string };

/** Who gets an app message: everybody who may use the app, or ≤1000 members, ≤100 departments, ≤100 tags together. */
export type Audience =
  | 'everybody'
  | { staffIds?: readonly string[]; departmentIds?: readonly number[]; tagIds?: readonly number[] };

/** A message under way. `responseCode` ('' but for cards with a choice) changes the card once; `unreachedIds` are members. */
export type SentMessage = { msgid: string; responseCode: string; unreachedIds: string[] };

/** WeCom drops the same request for so long, which makes an unsure repeat harmless. */
const DUPLICATE_SECONDS = 4 * 3600;
const ROOT = '/cgi-bin/message';
const EVERYBODY = '@all';

const joined = (max: number) =>
  list(id, max)
    .transform((ids) => ids.join('|'))
    .optional();

const send = defineCall({
  path: `${ROOT}/send`,
  request: z
    .looseObject({ touser: joined(1000), toparty: joined(100), totag: joined(100), agentid: z.int() })
    .superRefine(anyOf('touser', 'toparty', 'totag')),
  encode: ({ agentId, audience, content }: { agentId: number; audience: Audience; content: AppContent }) => ({
    ...askAudience(audience),
    agentid: agentId,
    ...checkRequest(`${ROOT}/send`, AppContentShape, theirNames<z.input<typeof AppContentShape>>(content)),
    enable_duplicate_check: 1,
    duplicate_check_interval: DUPLICATE_SECONDS,
  }),
  answer: z.object({ msgid: z.string().min(1), response_code: words, invaliduser: idList }),
  decode: (answer, { audience }): SentMessage => ({
    msgid: answer.msgid,
    responseCode: answer.response_code,
    unreachedIds: asWeWrite(answer.invaliduser, audience === 'everybody' ? [] : (audience.staffIds ?? [])),
  }),
});

/** What a card becomes: `text` greys its buttons, `card` replaces everything. */
type CardChange = { text: string } | { card: TemplateCard };
type ChangedCard = { agentId: number; responseCode: string; audience: Audience; change: CardChange };

const updateCard = defineCall({
  path: `${ROOT}/update_template_card`,
  request: z
    .strictObject({
      userids: list(staff, 1000).optional(),
      partyids: list(z.int(), 100).optional(),
      tagids: list(z.int(), 100).optional(),
      atall: z.literal(1).optional(),
      agentid: z.int(),
      response_code: id,
      button: z.strictObject({ replace_name: bytes(1024, 1) }).optional(),
      template_card: TemplateCardShape.optional(),
    })
    .superRefine(anyOf('userids', 'partyids', 'tagids', 'atall')),
  encode: ({ agentId, responseCode, audience, change }: ChangedCard) => ({
    ...(audience === 'everybody' ? { atall: 1 as const } : askHolders(audience)),
    agentid: agentId,
    response_code: responseCode,
    ...('text' in change
      ? { button: { replace_name: change.text } }
      : { template_card: theirNames<z.input<typeof TemplateCardShape>>(change.card) }),
  }),
  ...decodesNothing,
});

const recall = defineCall({
  path: `${ROOT}/recall`,
  request: z.strictObject({ msgid: id }),
  encode: (msgid: string) => ({ msgid }),
  ...decodesNothing,
});

/** App messages to staff. @see https://developer.work.weixin.qq.com/document/path/90236, 94888, 94867 */
export function createStaffMessages(call: WecomCall, agentId: number) {
  const sendTo = (audience: Audience, content: AppContent) => send(call)({ agentId, audience, content });
  const changeCard = (responseCode: string, audience: Audience, change: CardChange): Promise<void> =>
    updateCard(call)({ agentId, responseCode, audience, change });
  const sendOne = async (staffId: string, content: AppContent) =>
    (await sendTo({ staffIds: [staffId] }, content)).msgid;
  return {
    /** Sends any kind of message. @throws {WecomError} 81013 when it reaches nobody. */
    send: sendTo,
    /** Sends a text with `<a href>` links, at most 2048 bytes. @returns the msgid */
    sendText: (staffId: string, content: string): Promise<string> =>
      sendOne(staffId, { msgtype: 'text', text: { content } }),
    /** Sends a card with one link. @returns the msgid */
    sendCard: (staffId: string, { title, description, url, buttonText }: TextCard): Promise<string> =>
      sendOne(staffId, { msgtype: 'textcard', textcard: { title, description, url, btntxt: buttonText } }),
    /** Sends a card with buttons. `responseCode` changes the card once, within 72 hours. */
    async sendButtonCard(
      staffId: string,
      card: ButtonCard,
    ): Promise<{ msgid: string; responseCode: string }> {
      const content: AppContent = { msgtype: 'template_card', templateCard: buttonCard(card) };
      const { msgid, responseCode } = await sendTo({ staffIds: [staffId] }, content);
      return { msgid, responseCode };
    },
    /** Makes the buttons of a card grey, with one text instead. @throws {WecomError} when the code was used before. */
    disableButtons: (responseCode: string, staffIds: readonly string[], text: string): Promise<void> =>
      changeCard(responseCode, { staffIds }, { text }),
    /** Puts another card in the place of one. @throws {WecomError} when the code was used before. */
    replaceCard: (responseCode: string, staffIds: readonly string[], card: TemplateCard): Promise<void> =>
      changeCard(responseCode, { staffIds }, { card }),
    /** Either of it for whoever has the card: members, departments, tags, everybody. @throws {WecomError} as before. */
    changeCard,
    /** Takes a message of the last 24 hours back, in WeCom itself only. */
    recall: recall(call),
  };
}

function askAudience(audience: Audience) {
  if (audience === 'everybody') return { touser: [EVERYBODY] };
  const { staffIds, departmentIds, tagIds } = audience;
  return { touser: staffIds, toparty: departmentIds?.map(String), totag: tagIds?.map(String) };
}

const askHolders = ({ staffIds, departmentIds, tagIds }: Exclude<Audience, string>) => ({
  userids: staffIds,
  partyids: departmentIds,
  tagids: tagIds,
});

/** WeCom tells member ids in lower case; the caller gets them as it wrote them. */
function asWeWrite(told: readonly string[], ours: readonly string[]): string[] {
  const known = new Map(ours.map((staffId) => [staffId.toLowerCase(), staffId]));
  return told.map((staffId) => known.get(staffId.toLowerCase()) ?? staffId);
}
