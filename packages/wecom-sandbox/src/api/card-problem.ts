import type { Card } from './template-card.ts';

/** The five types of template cards. */
const CARD_TYPES = new Set([
  'text_notice',
  'news_notice',
  'button_interaction',
  'vote_interaction',
  'multiple_interaction',
]);
/** Cards that come back: message/send answers with a response_code. */
const INTERACTIVE = /_interaction$/;

/** Whether the app is told what a member chooses. */
export const isInteractive = (cardType: string): boolean => INTERACTIVE.test(cardType);

type Leading = { type: number; url?: string | undefined; appid?: string | undefined };
type Option = { id?: string | undefined; text?: string | undefined };
type Rule = readonly [errcode: number, isBroken: (card: Card) => boolean];

const isLong = (text: string, bytes: number) => Buffer.byteLength(text) > bytes;
/** Everything of a card that may lead somewhere. */
const leadsOf = ({
  card_action: action,
  quote_area: quote,
  image_text_area: area,
  jump_list: jumps,
}: Card): Leading[] => [action, quote, area, ...(jumps ?? [])].filter((lead) => lead !== undefined);
const dropsOf = ({ button_selection: selection, select_list: selects = [] }: Card) =>
  selection ? [selection, ...selects] : selects;
/** Every list of options with the most it may hold. */
const listsOf = (card: Card): { list: Option[]; most: number }[] => [
  ...dropsOf(card).map(({ option_list: list }) => ({ list, most: 10 })),
  ...(card.checkbox ? [{ list: card.checkbox.option_list, most: 20 }] : []),
];
const optionsOf = (card: Card) => listsOf(card).flatMap(({ list }) => list);
const questionsOf = (card: Card) => [...dropsOf(card), ...(card.checkbox ? [card.checkbox] : [])];

/** What is wrong with the shared parts. */
const COMMON: readonly Rule[] = [
  [42031, ({ card_type }) => !CARD_TYPES.has(card_type)],
  [42014, ({ task_id }) => task_id !== undefined && !/^[0-9A-Za-z_@-]{1,128}$/.test(task_id)],
  [42014, ({ action_menu, task_id }) => action_menu !== undefined && task_id === undefined],
  [
    42018,
    ({ action_menu }) =>
      (action_menu?.action_list ?? []).some(({ key = '' }) => key === '' || isLong(key, 1024)),
  ],
  [42035, ({ horizontal_content_list: list = [] }) => list.length > 6],
  [42027, ({ horizontal_content_list: list = [] }) => list.some(({ keyname }) => !keyname)],
  [42028, ({ horizontal_content_list: list = [] }) => list.some(({ type, url }) => type === 1 && !url)],
  [42029, ({ horizontal_content_list: list = [] }) => list.some((row) => row.type === 2 && !row.media_id)],
  [42036, ({ vertical_content_list: list = [] }) => list.length > 4],
  [42042, ({ jump_list: list = [] }) => list.length > 3],
  [42033, ({ jump_list: list = [] }) => list.some(({ title }) => !title)],
  [42033, ({ vertical_content_list: list = [] }) => list.some(({ title }) => !title)],
  [42028, (card) => leadsOf(card).some(({ type, url }) => type === 1 && !url)],
  [42030, (card) => leadsOf(card).some(({ type, appid }) => type === 2 && !appid)],
  [42043, (card) => questionsOf(card).some(({ question_key: key }) => !key)],
  [42037, (card) => listsOf(card).some(({ list, most }) => list.length === 0 || list.length > most)],
  [42040, (card) => optionsOf(card).some(({ id = '' }) => id === '' || isLong(id, 128))],
  [42041, (card) => optionsOf(card).some(({ text }) => !text)],
];

const NO_TITLE: Rule = [42032, ({ main_title }) => !main_title?.title];
const NO_ACTION: Rule = [42045, ({ card_action }) => card_action?.type !== 1 && card_action?.type !== 2];
const NO_TASK: Rule = [42014, ({ task_id }) => task_id === undefined];
const NO_SUBMIT: readonly Rule[] = [
  [42049, ({ submit_button }) => !submit_button?.text],
  [42046, ({ submit_button }) => !submit_button?.key || isLong(submit_button.key, 1024)],
];

/** What each type needs besides. */
const BY_TYPE: Readonly<Record<string, readonly Rule[]>> = {
  text_notice: [
    [42032, ({ main_title, sub_title_text }) => !main_title?.title && !sub_title_text],
    NO_ACTION,
  ],
  news_notice: [
    NO_TITLE,
    [42044, ({ card_image, image_text_area }) => !card_image?.url && !image_text_area?.image_url],
    NO_ACTION,
  ],
  button_interaction: [
    NO_TITLE,
    NO_TASK,
    [42038, ({ button_list: list = [] }) => list.length === 0 || list.some(({ text }) => !text)],
    [
      42039,
      ({ button_list: list = [] }) =>
        list.some(({ type, key = '' }) => type === 0 && (key === '' || isLong(key, 1024))),
    ],
    [42028, ({ button_list: list = [] }) => list.some(({ type, url }) => type === 1 && !url)],
  ],
  vote_interaction: [NO_TITLE, NO_TASK, [42043, ({ checkbox }) => !checkbox], ...NO_SUBMIT],
  multiple_interaction: [
    NO_TITLE,
    NO_TASK,
    [42047, ({ select_list: list = [] }) => list.length < 1 || list.length > 3],
    ...NO_SUBMIT,
  ],
};

/** The errcode of the first rule that a card breaks; 0 when it is fine. Source: wecom.md §3.13, §4.2. */
export function cardProblem(card: Card): number {
  const rules = [...COMMON, ...(BY_TYPE[card.card_type] ?? [])];
  return rules.find(([, isBroken]) => isBroken(card))?.[0] ?? 0;
}
