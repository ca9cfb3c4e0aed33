import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';

const title = { title: '大客户三天没人跟进' };
const action = { type: 1, url: 'https://example.com' };
const option = { id: 'a', text: '甲' };
const submit_button = { text: '提交', key: 'submit' };
const checkbox = { question_key: 'q', option_list: [option] };
const select = { question_key: 'q', title: '谁', option_list: [option] };

const CARDS = {
  text: { card_type: 'text_notice', main_title: title, card_action: action },
  news: {
    card_type: 'news_notice',
    main_title: title,
    card_action: action,
    card_image: { url: 'https://x/a.png' },
  },
  button: {
    card_type: 'button_interaction',
    main_title: title,
    task_id: 't1',
    button_list: [{ text: '接手', key: 'take', style: 1 }],
  },
  vote: { card_type: 'vote_interaction', main_title: title, task_id: 't2', checkbox, submit_button },
  multiple: {
    card_type: 'multiple_interaction',
    main_title: title,
    task_id: 't3',
    select_list: [select],
    submit_button,
  },
};
type Kind = keyof typeof CARDS;

const rows = (count: number, row: object) => Array(count).fill(row);
const long = (bytes: number) => 'k'.repeat(bytes);

async function errcodeOf(kind: Kind, more: object): Promise<number> {
  const { write } = await openSmall();
  const template_card = { ...CARDS[kind], ...more };
  const body = { touser: 'lisi', agentid: 1_000_002, msgtype: 'template_card', template_card };
  return (await write('message/send', body)).errcode;
}

it.each(Object.keys(CARDS) as Kind[])('takes a %s card with what it must have', async (kind) => {
  expect(await errcodeOf(kind, {})).toBe(0);
});

const h = (row: object) => ({ horizontal_content_list: [{ keyname: '客户', ...row }] });
const jump = (row: object) => ({ jump_list: [{ title: '看', ...row }] });

it.each<[kind: Kind, what: string, more: object, errcode: number]>([
  ['text', 'an unknown type', { card_type: 'poster' }, 42031],
  ['text', 'a sub title instead of a title', { main_title: undefined, sub_title_text: '三天' }, 0],
  ['text', 'neither', { main_title: undefined }, 42032],
  ['news', 'no title', { main_title: { desc: 'x' }, sub_title_text: '三天' }, 42032],
  ['text', 'no action', { card_action: undefined }, 42045],
  ['text', 'an action of no type', { card_action: { url: 'https://x' } }, 42045],
  ['text', 'an action without URL', { card_action: { type: 1 } }, 42028],
  ['text', 'an action without mini program', { card_action: { type: 2 } }, 42030],
  ['text', 'an action to a mini program', { card_action: { type: 2, appid: 'wx1' } }, 0],
  ['button', 'no action', {}, 0],
  ['news', 'no picture', { card_image: undefined }, 42044],
  [
    'news',
    'a picture beside text',
    { card_image: undefined, image_text_area: { image_url: 'https://x/a.png' } },
    0,
  ],
  ['news', 'a ratio of 1.3', { card_image: { url: 'x', aspect_ratio: 1.3 } }, 0],
  ['news', 'a ratio of 1.29', { card_image: { url: 'x', aspect_ratio: 1.29 } }, 40058],
  ['news', 'a ratio of 2.25', { card_image: { url: 'x', aspect_ratio: 2.25 } }, 0],
  ['news', 'a ratio of 2.26', { card_image: { url: 'x', aspect_ratio: 2.26 } }, 40058],
  ['text', 'a source in colour 3', { source: { desc_color: 3 } }, 0],
  ['text', 'a source in colour 4', { source: { desc_color: 4 } }, 40058],
  ['text', 'six rows', { horizontal_content_list: rows(6, { keyname: 'a' }) }, 0],
  ['text', 'seven rows', { horizontal_content_list: rows(7, { keyname: 'a' }) }, 42035],
  ['text', 'a row without name', { horizontal_content_list: [{ value: 'x' }] }, 42027],
  ['text', 'a row to a URL', h({ type: 1, url: 'https://x' }), 0],
  ['text', 'a row to no URL', h({ type: 1 }), 42028],
  ['text', 'a row of no file', h({ type: 2 }), 42029],
  ['news', 'four lines', { vertical_content_list: rows(4, { title: 'a' }) }, 0],
  ['news', 'five lines', { vertical_content_list: rows(5, { title: 'a' }) }, 42036],
  ['news', 'a line without title', { vertical_content_list: [{ desc: 'x' }] }, 42033],
  ['text', 'three jumps', { jump_list: rows(3, { title: 'a' }) }, 0],
  ['text', 'four jumps', { jump_list: rows(4, { title: 'a' }) }, 42042],
  ['text', 'a jump without title', { jump_list: [{ type: 1, url: 'https://x' }] }, 42033],
  ['text', 'a jump without URL', jump({ type: 1 }), 42028],
  ['text', 'a jump without mini program', jump({ type: 2 }), 42030],
  ['text', 'a quote without URL', { quote_area: { type: 1, quote_text: 'x' } }, 42028],
  [
    'text',
    'a menu with a task',
    { task_id: 't', action_menu: { action_list: [{ text: 'a', key: 'k' }] } },
    0,
  ],
  ['text', 'a menu without a task', { action_menu: { action_list: [{ text: 'a', key: 'k' }] } }, 42014],
  [
    'text',
    'a menu entry without key',
    { task_id: 't', action_menu: { action_list: [{ text: 'a' }] } },
    42018,
  ],
  [
    'text',
    'four menu entries',
    { task_id: 't', action_menu: { action_list: rows(4, { text: 'a', key: 'k' }) } },
    40058,
  ],
  ['button', 'no task', { task_id: undefined }, 42014],
  ['button', 'a task of 128 bytes', { task_id: long(128) }, 0],
  ['button', 'a task of 129 bytes', { task_id: long(129) }, 42014],
  ['button', 'a task with blanks', { task_id: 'a b' }, 42014],
  ['button', 'a task with every sign', { task_id: 'aZ9_-@' }, 0],
  ['button', 'no buttons', { button_list: [] }, 42038],
  ['button', 'six buttons', { button_list: rows(6, { text: 'a', key: 'k' }) }, 0],
  ['button', 'seven buttons', { button_list: rows(7, { text: 'a', key: 'k' }) }, 40058],
  ['button', 'a button without text', { button_list: [{ key: 'k' }] }, 42038],
  ['button', 'a button without key', { button_list: [{ text: 'a' }] }, 42039],
  ['button', 'a key of 1024 bytes', { button_list: [{ text: 'a', key: long(1024) }] }, 0],
  ['button', 'a key of 1025 bytes', { button_list: [{ text: 'a', key: long(1025) }] }, 42039],
  ['button', 'a button to a URL', { button_list: [{ type: 1, text: 'a', url: 'https://x' }] }, 0],
  ['button', 'a button to no URL', { button_list: [{ type: 1, text: 'a' }] }, 42028],
  ['button', 'a style of 5', { button_list: [{ text: 'a', key: 'k', style: 5 }] }, 40058],
  ['button', 'ten choices', { button_selection: { ...select, option_list: rows(10, option) } }, 0],
  ['button', 'eleven choices', { button_selection: { ...select, option_list: rows(11, option) } }, 42037],
  ['vote', 'no boxes', { checkbox: undefined }, 42043],
  ['vote', 'no question', { checkbox: { option_list: [option] } }, 42043],
  ['vote', '20 boxes', { checkbox: { ...checkbox, option_list: rows(20, option) } }, 0],
  ['vote', '21 boxes', { checkbox: { ...checkbox, option_list: rows(21, option) } }, 42037],
  [
    'vote',
    'an id of 128 bytes',
    { checkbox: { ...checkbox, option_list: [{ ...option, id: long(128) }] } },
    0,
  ],
  [
    'vote',
    'an id of 129 bytes',
    { checkbox: { ...checkbox, option_list: [{ ...option, id: long(129) }] } },
    42040,
  ],
  ['vote', 'a box without text', { checkbox: { ...checkbox, option_list: [{ id: 'a' }] } }, 42041],
  ['vote', 'no submit button', { submit_button: undefined }, 42049],
  ['vote', 'a submit button without key', { submit_button: { text: '提交' } }, 42046],
  ['multiple', 'no lists', { select_list: [] }, 42047],
  ['multiple', 'three lists', { select_list: rows(3, select) }, 0],
  ['multiple', 'four lists', { select_list: rows(4, select) }, 42047],
  ['multiple', 'a list without question', { select_list: [{ option_list: [option] }] }, 42043],
  ['multiple', 'an empty list', { select_list: [{ ...select, option_list: [] }] }, 42037],
  ['multiple', 'eleven options', { select_list: [{ ...select, option_list: rows(11, option) }] }, 42037],
])('answers a %s card with %s', async (...row) => {
  const [kind, , more, errcode] = row;
  expect(await errcodeOf(kind, more)).toBe(errcode);
});
