import { z } from 'zod';
import type { CardControls } from '../slices/cards.ts';
import type { AppCard } from '../state.ts';

const text = z.string().optional();
const titled = z.object({ title: text, desc: text }).optional();
const option = z.object({ id: text, text, is_checked: z.boolean().optional() });
const options = z.array(option).default([]);
/** Something that leads to a URL (type 1) or into a mini program (type 2). */
const leading = { type: z.number().default(0), url: text, appid: text, pagepath: text, title: text };

/** A template card as it is sent; what is mandatory for which type `cardProblem` says. Source: wecom.md §3.13. */
export const cardFields = z.object({
  card_type: z.string(),
  source: z
    .object({ icon_url: text, desc: text, desc_color: z.number().int().min(0).max(3).optional() })
    .optional(),
  action_menu: z
    .object({
      desc: text,
      action_list: z
        .array(z.object({ text, key: text }))
        .min(1)
        .max(3),
    })
    .optional(),
  main_title: titled,
  quote_area: z.object({ ...leading, quote_text: text }).optional(),
  emphasis_content: titled,
  sub_title_text: text,
  image_text_area: z.object({ ...leading, desc: text, image_url: text }).optional(),
  card_image: z.object({ url: text, aspect_ratio: z.number().min(1.3).max(2.25).optional() }).optional(),
  vertical_content_list: z.array(z.object({ title: text, desc: text })).optional(),
  horizontal_content_list: z
    .array(
      z.object({
        keyname: text,
        value: text,
        type: z.number().default(0),
        url: text,
        media_id: text,
        userid: text,
      }),
    )
    .optional(),
  jump_list: z.array(z.object(leading)).optional(),
  card_action: z.object(leading).optional(),
  task_id: text,
  button_selection: z
    .object({ question_key: text, title: text, option_list: options, selected_id: text })
    .optional(),
  button_list: z
    .array(
      z.object({
        type: z.union([z.literal(0), z.literal(1)]).default(0),
        text,
        style: z.number().int().min(1).max(4).default(1),
        key: text,
        url: text,
      }),
    )
    .max(6)
    .optional(),
  checkbox: z
    .object({
      question_key: text,
      mode: z.union([z.literal(0), z.literal(1)]).default(0),
      disable: z.boolean().optional(),
      option_list: options,
    })
    .optional(),
  select_list: z
    .array(
      z.object({
        question_key: text,
        title: text,
        selected_id: text,
        disable: z.boolean().optional(),
        option_list: options,
      }),
    )
    .optional(),
  submit_button: z.object({ text, key: text }).optional(),
  /** Of an update only: the word on the grey button. */
  replace_text: text,
});
export type Card = z.infer<typeof cardFields>;

/** A template card at a glance. */
export function glance(card: Card): AppCard {
  return {
    title: titleOf(card),
    description: linesOf(card).filter(Boolean).join('\n'),
    url: card.card_action?.url ?? '',
    btntxt: card.jump_list?.[0]?.title ?? '查看详情',
  };
}

const titleOf = ({ main_title: title, sub_title_text: sub = '' }: Card) => title?.title ?? sub;

/** The lines below the title, top down; empty ones are left out later. */
function linesOf(card: Card): (string | undefined)[] {
  const { title = '', desc = '' } = card.emphasis_content ?? {};
  const pairs = card.horizontal_content_list ?? [];
  const rows = pairs.map(({ keyname, value = '' }) => `${keyname} ${value}`);
  const below = (card.vertical_content_list ?? []).map((row) => `${row.title} ${row.desc ?? ''}`.trim());
  const quoted = card.quote_area?.quote_text;
  return [card.main_title?.desc, `${title} ${desc}`.trim(), card.sub_title_text, quoted, ...rows, ...below];
}

const optionsOf = (list: z.infer<typeof options>) => list.map(({ id = '', text = '' }) => ({ id, text }));

const pressable = ({ text = '', key = '' }: { text?: string | undefined; key?: string | undefined }) => ({
  text,
  key,
});

/** What can be pressed and chosen; undefined for a card that only leads somewhere. */
export function controlsOf(card: Card): CardControls | undefined {
  const { submit_button: submit, action_menu: menu, task_id: taskId } = card;
  if (taskId === undefined) return undefined;
  const buttons = (card.button_list ?? []).map((button) => ({
    ...pressable(button),
    style: button.style,
    url: button.type === 1 ? (button.url ?? '') : null,
  }));
  const sending = submit ? [{ ...pressable(submit), style: 1, url: null }] : [];
  return {
    cardType: card.card_type,
    taskId,
    buttons: [...buttons, ...sending],
    questions: questionsOf(card),
    menu: (menu?.action_list ?? []).map(pressable),
    replacedBy: card.replace_text ?? null,
  };
}

/** Drop-downs and the boxes of a vote. */
function questionsOf({ checkbox, button_selection: selection, select_list: selects = [] }: Card) {
  const box = checkbox
    ? [
        {
          key: checkbox.question_key ?? '',
          title: '',
          isMulti: checkbox.mode === 1,
          options: optionsOf(checkbox.option_list),
        },
      ]
    : [];
  const drops = selection ? [selection, ...selects] : selects;
  return [
    ...box,
    ...drops.map(({ question_key: key = '', title = '', option_list: list }) => ({
      key,
      title,
      isMulti: false,
      options: optionsOf(list),
    })),
  ];
}
