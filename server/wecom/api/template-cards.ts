import { z } from 'zod';
import type { OurNames } from '../client/our-names.ts';
import { bytes, id, list, refuse, whole } from '../client/request-shapes.ts';

const text = z.string().min(1, 'is missing');
const url = bytes(2048, 1);
const toPage = { type: z.literal(1), url };
const toMiniProgram = { type: z.literal(2), appid: id, pagepath: z.string().optional() };
const taskId = bytes(128, 1).regex(/^[\w\-@]+$/, 'has only letters, digits, _, - and @');

/** Where a click leads; `extra` fields stand beside. */
const leading = <Extra extends z.ZodRawShape>(extra: Extra) =>
  [z.strictObject({ ...extra, ...toPage }), z.strictObject({ ...extra, ...toMiniProgram })] as const;
const orNowhere = <Extra extends z.ZodRawShape>(extra: Extra) =>
  z.discriminatedUnion('type', [
    z.strictObject({ ...extra, type: z.literal(0).optional() }),
    ...leading(extra),
  ]);

const Titled = z.strictObject({ title: text, desc: z.string().optional() });
const LooselyTitled = z.strictObject({ title: z.string().optional(), desc: z.string().optional() });
const CardAction = z.discriminatedUnion('type', [...leading({})]);
const Quote = orNowhere({ title: z.string().optional(), quote_text: z.string().optional() });
const Row = z.discriminatedUnion('type', [
  z.strictObject({ keyname: text, value: z.string().optional(), type: z.literal(0).optional() }),
  z.strictObject({ keyname: text, value: z.string().optional(), ...toPage }),
  z.strictObject({ keyname: text, value: z.string().optional(), type: z.literal(2), media_id: id }),
  z.strictObject({ keyname: text, value: z.string().optional(), type: z.literal(3), userid: id }),
]);
const style = whole(1, 4).optional();
const Button = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal(0).optional(), text, key: bytes(1024, 1), style }),
  z.strictObject({ type: z.literal(1), text, url, style }),
]);
const Option = z.strictObject({ id: bytes(128, 1), text });
const Selection = z.strictObject({
  question_key: bytes(1024, 1),
  title: z.string().optional(),
  option_list: list(Option, 10, 1),
  selected_id: z.string().optional(),
  disable: z.boolean().optional(),
});

const head = {
  source: z
    .strictObject({
      icon_url: z.string().optional(),
      desc: z.string().optional(),
      desc_color: whole(0, 3).optional(),
    })
    .optional(),
};
const task = { task_id: taskId };
const menu = {
  action_menu: z
    .strictObject({
      desc: z.string().optional(),
      action_list: list(z.strictObject({ text, key: bytes(1024, 1) }), 3, 1),
    })
    .optional(),
  task_id: taskId.optional(),
};
const rowList = { horizontal_content_list: list(Row, 6).optional() };
const middle = { quote_area: Quote.optional(), ...rowList };
const jumps = { jump_list: list(orNowhere({ title: text }), 3).optional() };
const submit = { submit_button: z.strictObject({ text, key: bytes(1024, 1) }) };
const replaced = { replace_text: z.string().optional() };

const TextNotice = z.strictObject({
  card_type: z.literal('text_notice'),
  ...head,
  ...menu,
  main_title: LooselyTitled.optional(),
  emphasis_content: LooselyTitled.optional(),
  sub_title_text: z.string().optional(),
  ...middle,
  ...jumps,
  card_action: CardAction,
});
const NewsNotice = z.strictObject({
  card_type: z.literal('news_notice'),
  ...head,
  ...menu,
  main_title: Titled,
  card_image: z.strictObject({ url: text, aspect_ratio: z.number().optional() }).optional(),
  image_text_area: orNowhere({
    title: z.string().optional(),
    desc: z.string().optional(),
    image_url: text,
  }).optional(),
  vertical_content_list: list(Titled, 4).optional(),
  ...middle,
  ...jumps,
  card_action: CardAction,
});
const ButtonInteraction = z.strictObject({
  card_type: z.literal('button_interaction'),
  ...head,
  action_menu: menu.action_menu,
  ...task,
  main_title: Titled,
  sub_title_text: z.string().optional(),
  ...middle,
  card_action: CardAction.optional(),
  button_selection: Selection.optional(),
  button_list: list(Button, 6, 1),
  ...replaced,
});
const VoteInteraction = z.strictObject({
  card_type: z.literal('vote_interaction'),
  ...head,
  ...task,
  main_title: Titled,
  checkbox: z.strictObject({
    question_key: bytes(1024, 1),
    mode: whole(0, 1).optional(),
    option_list: list(z.strictObject({ ...Option.shape, is_checked: z.boolean().optional() }), 20, 1),
    disable: z.boolean().optional(),
  }),
  ...submit,
  ...replaced,
});
const MultipleInteraction = z.strictObject({
  card_type: z.literal('multiple_interaction'),
  ...head,
  ...task,
  main_title: Titled,
  select_list: list(Selection, 3, 1),
  ...submit,
  ...replaced,
});

/** The five kinds of card, in WeCom's names. Source: wecom.md §3.13. */
export const TemplateCardShape = z
  .discriminatedUnion('card_type', [
    TextNotice,
    NewsNotice,
    ButtonInteraction,
    VoteInteraction,
    MultipleInteraction,
  ])
  .superRefine((card, context) => {
    const needs = (isMissing: boolean, field: string, message: string) =>
      isMissing && refuse(context, field, message);
    if (card.card_type === 'text_notice')
      needs(
        !card.main_title?.title && !card.sub_title_text,
        'main_title.title',
        'or sub_title_text is needed',
      );
    if (card.card_type === 'news_notice') checkPicture(card, context);
    if (card.card_type === 'text_notice' || card.card_type === 'news_notice')
      needs(Boolean(card.action_menu) && !card.task_id, 'task_id', 'is needed with action_menu');
  });

/** A card by our names: WeCom's structure, written `cardType`, `mainTitle`, … */
export type TemplateCard = OurNames<z.input<typeof TemplateCardShape>>;

/** A card with up to six buttons; a click comes back as a callback with `key` and `taskId`, unique in the app. */
export type ButtonCard = {
  taskId: string;
  title: string;
  description: string;
  text?: string;
  rows?: { name: string; value: string }[];
  url?: string;
  buttons: { text: string; key: string; style?: 1 | 2 | 3 | 4 }[];
};

/** The usual card with buttons, as a template card. */
export function buttonCard({
  taskId,
  title,
  description,
  text,
  rows,
  url,
  buttons,
}: ButtonCard): TemplateCard {
  return {
    cardType: 'button_interaction',
    taskId,
    mainTitle: { title, desc: description },
    ...(text ? { subTitleText: text } : {}),
    ...(rows ? { horizontalContentList: rows.map(({ name, value }) => ({ keyname: name, value })) } : {}),
    ...(url ? { cardAction: { type: 1, url } } : {}),
    buttonList: buttons.map((button) => ({ type: 0, ...button })),
  };
}

function checkPicture(card: z.infer<typeof NewsNotice>, context: z.RefinementCtx): void {
  const { card_image: image, image_text_area: area } = card;
  if (!image && !area) refuse(context, 'card_image', 'or image_text_area is needed');
  const ratio = image?.aspect_ratio ?? 1.3;
  if (ratio < 1.3 || ratio > 2.25) refuse(context, 'card_image.aspect_ratio', 'is from 1.3 to 2.25');
}
