import { describe, expect, it } from 'vitest';
import type { ButtonCard, TemplateCard } from '../../../../server/wecom/api/template-cards.ts';
import { ok } from '../../../support/wecom-parts.ts';
import {
  asLimited,
  asWritten,
  aWecom,
  ids,
  playCase,
  playLimit,
  samples,
  type ApiCase,
  type LimitCase,
} from '../../../support/wecom-cases.ts';

const SAMPLE = samples('messages');
const open = { type: 1, url: 'https://x' } as const;
const task = { taskId: 'task_1@x-y', mainTitle: { title: '标题' } };
const submit = { text: '提交', key: 'k' };
const options = (n: number) => ids(n).map((id) => ({ id, text: id }));
const selection = (n: number) => ({ questionKey: 'q', optionList: options(n) });

/** One card of each kind, with the least that WeCom wants. */
const CARDS = {
  text: { cardType: 'text_notice', mainTitle: { title: '标题' }, cardAction: open },
  news: { cardType: 'news_notice', mainTitle: { title: '标题' }, cardImage: { url: 'p' }, cardAction: open },
  button: { cardType: 'button_interaction', ...task, buttonList: [{ text: '好', key: 'k' }] },
  vote: {
    cardType: 'vote_interaction',
    ...task,
    checkbox: { questionKey: 'q', optionList: options(1) },
    submitButton: submit,
  },
  multiple: { cardType: 'multiple_interaction', ...task, selectList: [selection(1)], submitButton: submit },
} as const satisfies Record<string, TemplateCard>;

async function sentCard(card: TemplateCard) {
  const { wecom, sent } = await aWecom(() => ok({ msgid: 'm' }));
  await wecom.messages.send('everybody', { msgtype: 'template_card', templateCard: card });
  const [request] = sent();
  return (request?.body as { template_card: unknown } | undefined)?.template_card;
}

describe('a card with buttons', () => {
  const card: ButtonCard = {
    taskId: 'heir-1',
    title: '离职交接',
    description: '请确认',
    text: '12 位客户',
    rows: [{ name: '交出', value: '张三' }],
    url: 'https://x',
    buttons: [
      { text: '接手', key: 'accept', style: 1 },
      { text: '再等等', key: 'later' },
    ],
  };
  const cases: ApiCase[] = [
    [
      'comes with everything that was said',
      (wecom) => wecom.messages.sendButtonCard('UserID1', card),
      [
        'POST',
        'message/send',
        {
          touser: 'UserID1',
          agentid: 1_000_002,
          enable_duplicate_check: 1,
          duplicate_check_interval: 14_400,
          msgtype: 'template_card',
          template_card: {
            card_type: 'button_interaction',
            task_id: 'heir-1',
            main_title: { title: '离职交接', desc: '请确认' },
            sub_title_text: '12 位客户',
            horizontal_content_list: [{ keyname: '交出', value: '张三' }],
            card_action: { type: 1, url: 'https://x' },
            button_list: [
              { type: 0, text: '接手', key: 'accept', style: 1 },
              { type: 0, text: '再等等', key: 'later' },
            ],
          },
        },
      ],
      SAMPLE['send'] ?? {},
      { msgid: 'xxxx', responseCode: 'xyzxyz' },
    ],
    [
      'becomes grey',
      (wecom) => wecom.messages.disableButtons('CODE', ['UserID1'], '已接手'),
      [
        'POST',
        'message/update_template_card',
        {
          userids: ['UserID1'],
          agentid: 1_000_002,
          response_code: 'CODE',
          button: { replace_name: '已接手' },
        },
      ],
      SAMPLE['update_template_card'] ?? {},
      undefined,
    ],
    [
      'becomes grey for departments and tags',
      (wecom) => wecom.messages.changeCard('CODE', { departmentIds: [2], tagIds: [3] }, { text: '已接手' }),
      [
        'POST',
        'message/update_template_card',
        {
          partyids: [2],
          tagids: [3],
          agentid: 1_000_002,
          response_code: 'CODE',
          button: { replace_name: '已接手' },
        },
      ],
      SAMPLE['update_template_card'] ?? {},
      undefined,
    ],
    [
      'becomes grey for everybody',
      (wecom) => wecom.messages.changeCard('CODE', 'everybody', { text: '已接手' }),
      [
        'POST',
        'message/update_template_card',
        { atall: 1, agentid: 1_000_002, response_code: 'CODE', button: { replace_name: '已接手' } },
      ],
      SAMPLE['update_template_card'] ?? {},
      undefined,
    ],
    [
      'becomes another card',
      (wecom) => wecom.messages.replaceCard('CODE', ['UserID1'], { ...CARDS.button, replaceText: '已提交' }),
      [
        'POST',
        'message/update_template_card',
        {
          userids: ['UserID1'],
          agentid: 1_000_002,
          response_code: 'CODE',
          template_card: {
            card_type: 'button_interaction',
            task_id: 'task_1@x-y',
            main_title: { title: '标题' },
            button_list: [{ text: '好', key: 'k' }],
            replace_text: '已提交',
          },
        },
      ],
      SAMPLE['update_template_card'] ?? {},
      undefined,
    ],
    [
      'is taken back',
      (wecom) => wecom.messages.recall('MSGID'),
      ['POST', 'message/recall', { msgid: 'MSGID' }],
      {},
      undefined,
    ],
  ];
  it.each(cases)('%s', async (...played) => {
    expect(await playCase(played)).toEqual(asWritten(played));
  });

  const carded =
    (more: (n: number) => Partial<ButtonCard>): LimitCase[3] =>
    (n) =>
    (wecom) =>
      wecom.messages.sendButtonCard('a', { ...card, ...more(n) });
  const button = { text: 'x', key: 'k' };
  const row = { name: 'n', value: 'v' };
  const limits: LimitCase[] = [
    ['template_card.task_id', 128, 129, carded((n) => ({ taskId: 'x'.repeat(n) }))],
    ['template_card.task_id', 1, 0, carded((n) => ({ taskId: 'x'.repeat(n) }))],
    ['template_card.button_list', 6, 7, carded((n) => ({ buttons: ids(n).map(() => button) }))],
    ['template_card.button_list', 1, 0, carded((n) => ({ buttons: ids(n).map(() => button) }))],
    [
      'template_card.button_list.0.key',
      1024,
      1025,
      carded((n) => ({ buttons: [{ text: 'x', key: 'k'.repeat(n) }] })),
    ],
    ['template_card.horizontal_content_list', 6, 7, carded((n) => ({ rows: ids(n).map(() => row) }))],
    ['template_card.card_action.url', 2048, 2049, carded((n) => ({ url: 'x'.repeat(n) }))],
    ['template_card.main_title.title', 1, 0, carded((n) => ({ title: 'x'.repeat(n) }))],
    ['userids', 1000, 1001, (n) => (wecom) => wecom.messages.disableButtons('C', ids(n), 'x')],
    ['userids', 1, 0, (n) => (wecom) => wecom.messages.disableButtons('C', ids(n), 'x')],
  ];
  it.each(limits)('%s: %i goes out, %i does not', async (...limit) => {
    expect(await playLimit(limit)).toEqual(asLimited(limit));
  });

  it.each(['a b', '中', 'a.b'])('has no task id like %s', async (taskId) => {
    const { wecom } = await aWecom(() => ok());
    await expect(wecom.messages.sendButtonCard('a', { ...card, taskId })).rejects.toMatchObject({
      field: 'template_card.task_id',
    });
  });
});

describe('each of the five kinds', () => {
  it.each(Object.values(CARDS))('goes out with the least WeCom wants: $cardType', async (card) => {
    expect(await sentCard(card)).toMatchObject({ card_type: card.cardType });
  });

  it('goes out with all parts, by their names', async () => {
    const mini = { type: 2, appid: 'wx', pagepath: '/p' } as const;
    const card: TemplateCard = {
      ...CARDS.news,
      source: { iconUrl: 'i', desc: 'd', descColor: 3 },
      actionMenu: { desc: 'm', actionList: [{ text: '拒收', key: 'no' }] },
      taskId: 't',
      quoteArea: { ...open, title: 'q', quoteText: 'qt' },
      imageTextArea: { ...mini, imageUrl: 'i' },
      verticalContentList: [{ title: 'v' }],
      horizontalContentList: [{ keyname: 'k', type: 3, userid: 'a' }],
      jumpList: [{ ...mini, title: 'j' }],
    };
    expect(await sentCard(card)).toEqual({
      card_type: 'news_notice',
      main_title: { title: '标题' },
      card_image: { url: 'p' },
      card_action: open,
      source: { icon_url: 'i', desc: 'd', desc_color: 3 },
      action_menu: { desc: 'm', action_list: [{ text: '拒收', key: 'no' }] },
      task_id: 't',
      quote_area: { ...open, title: 'q', quote_text: 'qt' },
      image_text_area: { ...mini, image_url: 'i' },
      vertical_content_list: [{ title: 'v' }],
      horizontal_content_list: [{ keyname: 'k', type: 3, userid: 'a' }],
      jump_list: [{ ...mini, title: 'j' }],
    });
  });

  const menu = { actionList: [{ text: 'x', key: 'k' }] };
  it.each<[string, TemplateCard]>([
    ['main_title.title', { cardType: 'text_notice', cardAction: open }],
    ['card_image', { cardType: 'news_notice', mainTitle: { title: 'x' }, cardAction: open }],
    ['task_id', { ...CARDS.text, actionMenu: menu }],
    ['task_id', { ...CARDS.news, actionMenu: menu }],
    ['card_image.aspect_ratio', { ...CARDS.news, cardImage: { url: 'p', aspectRatio: 1.29 } }],
    ['card_image.aspect_ratio', { ...CARDS.news, cardImage: { url: 'p', aspectRatio: 2.26 } }],
    ['jump_list', { ...CARDS.text, jumpList: options(4).map(({ id }) => ({ title: id })) }],
    [
      'vertical_content_list',
      { ...CARDS.news, verticalContentList: options(5).map(({ id }) => ({ title: id })) },
    ],
    ['action_menu.action_list', { ...CARDS.text, taskId: 't', actionMenu: { actionList: [] } }],
    ['button_selection.option_list', { ...CARDS.button, buttonSelection: selection(11) }],
    ['checkbox.option_list', { ...CARDS.vote, checkbox: { questionKey: 'q', optionList: options(21) } }],
    ['checkbox.option_list', { ...CARDS.vote, checkbox: { questionKey: 'q', optionList: [] } }],
    ['select_list', { ...CARDS.multiple, selectList: ids(4).map(() => selection(1)) }],
    ['select_list.0.option_list', { ...CARDS.multiple, selectList: [selection(11)] }],
  ])('does not go out without or with too much of %s', async (field, card) => {
    await expect(sentCard(card)).rejects.toMatchObject({ field: `template_card.${field}` });
  });

  it.each<TemplateCard>([
    { cardType: 'text_notice', subTitleText: 'x', cardAction: open },
    { ...CARDS.text, taskId: 't', actionMenu: menu, jumpList: ids(3).map((title) => ({ title })) },
    { ...CARDS.news, cardImage: { url: 'p', aspectRatio: 1.3 } },
    { ...CARDS.news, cardImage: { url: 'p', aspectRatio: 2.25 } },
    { ...CARDS.news, verticalContentList: ids(4).map((title) => ({ title })) },
    { ...CARDS.button, buttonSelection: selection(10) },
    { ...CARDS.vote, checkbox: { questionKey: 'q', optionList: options(20) } },
    { ...CARDS.multiple, selectList: ids(3).map(() => selection(10)) },
  ])('goes out at its limit: %#', async (card) => {
    expect(await sentCard(card)).toMatchObject({ card_type: card.cardType });
  });
});
