import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { AppCard } from '../state.ts';

/** What a member sees of an app message. */
export type AppContent = { text: string } | { card: AppCard };

/** An entry of `jump_list`: type 1 leads to a URL. */
const jump = z.object({ type: z.number(), title: z.string().optional(), url: z.string().optional() });
/** The parts of a template card that can be seen at a glance; others are accepted unread. */
const cardFields = z.object({
  card_type: z.string(),
  main_title: z.object({ title: z.string().optional(), desc: z.string().optional() }).optional(),
  emphasis_content: z.object({ title: z.string().optional(), desc: z.string().optional() }).optional(),
  sub_title_text: z.string().optional(),
  horizontal_content_list: z
    .array(z.object({ keyname: z.string().optional(), value: z.string().optional() }))
    .optional(),
  jump_list: z.array(jump).optional(),
  card_action: z.object({ type: z.number(), url: z.string().optional() }).optional(),
  task_id: z.string().optional(),
});

/** The parts of a request that carry content, one per msgtype. */
export const contentFields = z.object({
  msgtype: z.string(),
  text: z.object({ content: z.string().min(1) }).optional(),
  markdown: z.object({ content: z.string().min(1) }).optional(),
  textcard: z
    .object({
      title: z.string().min(1),
      description: z.string().min(1),
      url: z.string().min(1),
      btntxt: z.string().max(4).optional(),
    })
    .optional(),
  template_card: cardFields.optional(),
});
export type ContentFields = z.infer<typeof contentFields>;

/** @throws {ApiError} 40008 unknown msgtype, 40058 without its body, 42027–42049 for a wrong template card. */
export function contentOf(fields: ContentFields): AppContent {
  const read = READERS[fields.msgtype];
  if (!read) throw new ApiError(40008);
  const content = read(fields);
  if (!content) throw new ApiError(40058, fields.msgtype);
  return content;
}

/** How each msgtype is read; null means that its body is missing. */
const READERS: Readonly<Record<string, (fields: ContentFields) => AppContent | null>> = {
  text: ({ text }) => (text ? { text: cutBytes(text.content, 2048) } : null),
  markdown: ({ markdown }) => (markdown ? { text: cutBytes(markdown.content, 2048) } : null),
  textcard: ({ textcard }) => {
    if (!textcard) return null;
    if (Buffer.byteLength(textcard.url) > 2048) throw new ApiError(40058, 'textcard.url');
    const { url, btntxt = '详情' } = textcard;
    const description = cutBytes(textcard.description, 512);
    return { card: { title: cutBytes(textcard.title, 128), description, url, btntxt } };
  },
  template_card: ({ template_card: card }) => (card ? { card: glance(card) } : null),
};

/** Longer texts are cut, never within a character. */
function cutBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  return Buffer.from(text).subarray(0, bytes).toString('utf8').replace(/�+$/, '');
}

type Card = z.infer<typeof cardFields>;

/** A template card at a glance; the rules are those of text_notice. Source: wecom.md §3.13. */
function glance(card: Card): AppCard {
  checkCard(card);
  const { sub_title_text: sub = '' } = card;
  return {
    title: card.main_title?.title ?? sub,
    description: linesOf(card).filter(Boolean).join('\n'),
    url: urlOf(card),
    btntxt: card.jump_list?.[0]?.title ?? '查看详情',
  };
}

function urlOf({ card_action: action }: Card): string {
  return action?.url ?? '';
}

/** The lines below the title, top down; empty ones are left out later. */
function linesOf(card: Card): (string | undefined)[] {
  const { title = '', desc = '' } = card.emphasis_content ?? {};
  const pairs = card.horizontal_content_list ?? [];
  const rows = pairs.map(({ keyname, value = '' }) => `${keyname} ${value}`);
  return [card.main_title?.desc, `${title} ${desc}`.trim(), card.sub_title_text, ...rows];
}

/** Which rule of the card is broken, by errcode; the numbers follow the order in which sources name them. */
const CARD_RULES: readonly (readonly [errcode: number, isBroken: (card: Card) => boolean])[] = [
  [42031, ({ card_type }) => !CARD_TYPES.has(card_type)],
  [42032, ({ main_title, sub_title_text }) => !main_title?.title && !sub_title_text],
  [
    42033,
    ({ horizontal_content_list: list = [], jump_list: jumps = [] }) => list.length > 6 || jumps.length > 3,
  ],
  [42027, ({ horizontal_content_list: list = [] }) => list.some(({ keyname }) => !keyname)],
  [42028, ({ jump_list: jumps = [] }) => jumps.some(({ type, url }) => type === 1 && !url)],
  [42045, ({ card_type, card_action }) => card_type.endsWith('_notice') && !card_action?.url],
  [42014, ({ task_id }) => task_id !== undefined && !/^[0-9A-Za-z_@-]{1,128}$/.test(task_id)],
];
/** The five types of template cards. */
const CARD_TYPES = new Set([
  'text_notice',
  'news_notice',
  'button_interaction',
  'vote_interaction',
  'multiple_interaction',
]);

function checkCard(card: Card): void {
  const broken = CARD_RULES.find(([, isBroken]) => isBroken(card));
  if (broken) throw new ApiError(broken[0], 'template_card');
}
