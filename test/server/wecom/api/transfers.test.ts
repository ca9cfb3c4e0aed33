import { describe, expect, it } from 'vitest';
import type { TransferKind } from '../../../../server/wecom/api/transfers.ts';
import { ok } from '../../../support/wecom-parts.ts';
import {
  asLimited,
  asWritten,
  aWecom,
  han,
  ids,
  playCase,
  playLimit,
  read,
  samples,
  type ApiCase,
  type LimitCase,
} from '../../../support/wecom-cases.ts';

const SAMPLE = samples('transfers');
const pair = { handoverId: 'zhangsan', takeoverId: 'lisi' };
const theirPair = { handover_userid: 'zhangsan', takeover_userid: 'lisi' };

const started = [
  { externalUserId: 'woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA', errcode: 40096 },
  { externalUserId: 'wmqfasd1e1927831291723123109rAAA', errcode: 0 },
];
const outcomes = [
  { externalUserId: 'wm1', outcome: 'done', takeoverAt: new Date(1_588_262_400_000) },
  { externalUserId: 'wm2', outcome: 'waiting', takeoverAt: new Date(1_588_482_400_000) },
  { externalUserId: 'wm3', outcome: 'refused', takeoverAt: null },
  { externalUserId: 'wm4', outcome: 'full', takeoverAt: null },
  { externalUserId: 'wm5', outcome: 'unknown', takeoverAt: null },
  { externalUserId: 'wm6', outcome: 'unknown', takeoverAt: null },
];
const refusedGroups = [{ chatId: 'wrOgQhDgAAcwMTB7YmDkbeBsgT_KAAAA', errcode: 90_500 }];

const kinds: [TransferKind, string, string][] = [
  ['on_job', '', 'groupchat/onjob_transfer'],
  ['resigned', 'resigned/', 'groupchat/transfer'],
];

describe.each(kinds)('of a member who is %s', (kind, folder, groups) => {
  const moved = { external_userid: ['wm1', 'wm2'] };
  const cases: ApiCase[] = [
    [
      'tells which contacts cannot be handed over',
      (wecom) => wecom.transfers.start({ kind, ...pair, externalUserIds: ['wm1', 'wm2'] }),
      ['POST', `externalcontact/${folder}transfer_customer`, { ...theirPair, ...moved }],
      SAMPLE['transfer_customer'] ?? {},
      started,
    ],
    [
      'tells what became of each contact',
      (wecom) => wecom.transfers.results({ kind, ...pair }),
      ['POST', `externalcontact/${folder}transfer_result`, theirPair],
      SAMPLE['transfer_result'] ?? {},
      outcomes,
    ],
    [
      'tells which groups were refused',
      (wecom) => wecom.transfers.groups({ kind, chatIds: ['wr1'], newOwnerId: 'lisi' }),
      ['POST', `externalcontact/${groups}`, { chat_id_list: ['wr1'], new_owner: 'lisi' }],
      SAMPLE['groupchat/transfer'] ?? {},
      refusedGroups,
    ],
  ];
  it.each(cases)('%s', async (...played) => {
    expect(await playCase(played)).toEqual(asWritten(played));
  });

  const limits: LimitCase[] = [
    [
      'external_userid',
      100,
      101,
      (n) => (wecom) => wecom.transfers.start({ kind, ...pair, externalUserIds: ids(n) }),
    ],
    [
      'external_userid',
      1,
      0,
      (n) => (wecom) => wecom.transfers.start({ kind, ...pair, externalUserIds: ids(n) }),
    ],
    [
      'handover_userid',
      64,
      65,
      (n) => (wecom) => wecom.transfers.results({ kind, ...pair, handoverId: 'x'.repeat(n) }),
    ],
    [
      'takeover_userid',
      1,
      0,
      (n) => (wecom) => wecom.transfers.results({ kind, ...pair, takeoverId: 'x'.repeat(n) }),
    ],
    [
      'chat_id_list',
      100,
      101,
      (n) => (wecom) => wecom.transfers.groups({ kind, chatIds: ids(n), newOwnerId: 'lisi' }),
    ],
  ];
  it.each(limits)('%s: %i is asked for, %i is not', async (...limit) => {
    expect(await playLimit(limit)).toEqual(asLimited(limit));
  });
});

const start = { ...pair, externalUserIds: ['wm1'] };

const words: LimitCase = [
  'transfer_success_msg',
  200,
  201,
  (n) => (wecom) => wecom.transfers.start({ kind: 'on_job', ...start, text: han(n) }),
];
it('tells the contact 200 characters, not 201', async () => {
  expect(await playLimit(words)).toEqual(asLimited(words));
});

it('has no word for the contact when the member has left', async () => {
  const { wecom, sent } = await aWecom(() => ok());
  const refused = wecom.transfers.start({ kind: 'resigned', ...start, text: '您好' });
  await expect(refused).rejects.toMatchObject({
    field: 'transfer_success_msg',
    rule: 'is known to transfers on the job only',
  });
  expect(sent()).toEqual([]);
});

const more: ApiCase[] = [
  [
    'sends the word to the contact as it was written',
    (wecom) => wecom.transfers.start({ kind: 'on_job', ...start, text: '您好' }),
    [
      'POST',
      'externalcontact/transfer_customer',
      { ...theirPair, external_userid: ['wm1'], transfer_success_msg: '您好' },
    ],
    { customer: [] },
    [],
  ],
  [
    'lists contacts nobody has taken over until WeCom says that it was the last page, even with a cursor',
    (wecom) => wecom.transfers.unassigned(),
    ['POST', 'externalcontact/get_unassigned_list', { page_size: 1000 }],
    SAMPLE['get_unassigned_list'] ?? {},
    [
      {
        handoverId: 'zhangsan',
        externalUserId: 'woAJ2GCAAAd4uL12hdfsdasassdDmAAAAA',
        leftAt: new Date(1_550_838_571_000),
      },
      {
        handoverId: 'lisi',
        externalUserId: 'wmAJ2GCAAAzLTI123ghsdfoGZNqqAAAA',
        leftAt: new Date(1_550_661_468_000),
      },
    ],
  ],
];
it.each(more)('%s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});

it('lists contacts nobody has taken over page by page', async () => {
  const row = { handover_userid: 'a', external_userid: 'wm', dimission_time: 1 };
  const { wecom, sent } = await aWecom((_, before) =>
    ok({ info: [row], is_last: before === 1, next_cursor: before === 0 ? 'more' : '' }),
  );
  expect(await read(wecom.transfers.unassigned())).toHaveLength(2);
  expect(sent().map(({ body }) => body)).toEqual([{ page_size: 1000 }, { page_size: 1000, cursor: 'more' }]);
});

it('names the field of an answer that has another shape', async () => {
  const { wecom } = await aWecom(() => ok({ customer: { external_userid: 'wm1' } }));
  await expect(wecom.transfers.start({ kind: 'on_job', ...start })).rejects.toMatchObject({
    name: 'WecomUnreachable',
    path: '/cgi-bin/externalcontact/transfer_customer',
    reason: 'unexpected shape: customer invalid_type',
  });
});
