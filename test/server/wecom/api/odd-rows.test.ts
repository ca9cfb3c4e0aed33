import { create } from 'axios';
import { expect, it } from 'vitest';
import { createMemoryShared } from '../../../../server/store/db/shared.ts';
import { createWecom, type Wecom } from '../../../../server/wecom/client/create-wecom.ts';
import { aWecom, read } from '../../../support/wecom-cases.ts';
import { aTokenServer, CORP, ok } from '../../../support/wecom-parts.ts';

const AT = 1_772_000_000;
const DAYS = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-03-08T00:00:00Z') };
const pair = { handoverId: 'ben', takeoverId: 'anna' };
const person = { external_userid: 'wm1', name: '李四', type: 1 };
const moment = { moment_id: 'm1', create_time: AT, create_type: 0, visible_type: 1 };
const group = { group_id: 'g1', group_name: '分层', tag: [{ id: 't1', name: '头部' }] };

/** A list answer: what asks for it, the list around its rows, a good row, and one that nobody can read. */
type OddCase = [
  name: string,
  ask: (wecom: Wecom) => unknown,
  list: (rows: unknown[]) => object,
  good: object,
  odd: unknown,
];

const CASES: OddCase[] = [
  [
    'mass messages',
    (w) => w.massMessages.pages(DAYS),
    (group_msg_list) => ({ group_msg_list }),
    { msgid: 'M1', create_time: AT },
    { msgid: { 李四: 1 } },
  ],
  [
    'tasks of a mass message',
    (w) => w.massMessages.tasks('M1'),
    (task_list) => ({ task_list }),
    { userid: 'anna', status: 2 },
    { userid: 'ben', status: '李四' },
  ],
  [
    'results of a mass message',
    (w) => w.massMessages.results({ msgid: 'M1', staffId: 'anna' }),
    (send_list) => ({ send_list }),
    { external_userid: 'wm1', status: 1 },
    { external_userid: 'wm2', status: '李四' },
  ],
  [
    'transfers that start',
    (w) => w.transfers.start({ kind: 'resigned', ...pair, externalUserIds: ['wm1', 'wm2'] }),
    (customer) => ({ customer }),
    { external_userid: 'wm1', errcode: 0 },
    { external_userid: 'wm2', errcode: '李四' },
  ],
  [
    'transfers',
    (w) => w.transfers.results({ kind: 'on_job', ...pair }),
    (customer) => ({ customer }),
    { external_userid: 'wm1', status: 1 },
    { external_userid: 'wm2', status: '李四' },
  ],
  [
    'groups that were not handed over',
    (w) => w.transfers.groups({ kind: 'on_job', chatIds: ['wr1', 'wr2'], newOwnerId: 'anna' }),
    (failed_chat_list) => ({ failed_chat_list }),
    { chat_id: 'wr1', errcode: 90500 },
    { chat_id: 'wr2', errcode: '李四' },
  ],
  [
    'contacts of leavers',
    (w) => w.transfers.unassigned(),
    (info) => ({ info, is_last: true }),
    { handover_userid: 'ben', external_userid: 'wm1', dimission_time: AT },
    { handover_userid: 'ben', external_userid: '', dimission_time: AT },
  ],
  [
    'tag groups',
    (w) => w.tags.groups(),
    (tag_group) => ({ tag_group }),
    group,
    { group_id: 'g2', group_name: { 李四: 1 } },
  ],
  [
    'members who follow customers',
    (w) => w.staff.followers(),
    (follow_user) => ({ follow_user }),
    'anna' as never,
    { 李四: 1 },
  ],
  [
    'followers of a contact',
    async (w) => (await w.contacts.get('wm1')).relations,
    (follow_user) => ({ external_contact: person, follow_user }),
    { userid: 'anna' },
    { userid: 'ben', remark: { 李四: 1 } },
  ],
  [
    'groups of owners by figures',
    (w) => w.statistics.groupsByOwner({ ownerIds: ['anna'], ...DAYS }),
    (items) => ({ items, total: items.length, next_offset: items.length }),
    { owner: 'anna', data: {} },
    { owner: 'ben', data: '李四' },
  ],
  [
    'figures of groups by day',
    (w) => w.statistics.groupsByDay({ ownerIds: ['anna'], ...DAYS }),
    (items) => ({ items }),
    { stat_time: AT, data: {} },
    { stat_time: '李四', data: {} },
  ],
  [
    'behaviour of members',
    (w) => w.statistics.behaviour({ staffIds: ['anna'], ...DAYS }),
    (behavior_data) => ({ behavior_data }),
    { stat_time: AT },
    { stat_time: AT, chat_cnt: '李四' },
  ],
  [
    'moments',
    (w) => w.moments.pages(DAYS),
    (moment_list) => ({ moment_list }),
    moment,
    { ...moment, create_time: '李四' },
  ],
  [
    'contact ways',
    (w) => w.contactWays.pages(DAYS),
    (contact_way) => ({ contact_way }),
    { config_id: 'c1' },
    { config_id: { 李四: 1 } },
  ],
];

it.each(CASES)(
  '%s: a row that nobody can read is set aside, and the others are used',
  async (...[, ask, list, good, odd]) => {
    const alone = await told(ask, list([good]));
    expect(alone).toHaveLength(1);
    for (const rows of [
      [odd, good],
      [good, null, odd],
    ])
      expect(await told(ask, list(rows))).toEqual(alone);
  },
);

it.each(CASES)(
  '%s: what was set aside is told by its fields, never by what they hold',
  async (...[, ask, list, good, odd]) => {
    const heard: { path: string; faults: readonly string[] }[] = [];
    const server = await aTokenServer(() => ok(list([good, odd])));
    const { corpId, agentId, secret } = CORP;
    const watch = {
      called: () => undefined,
      shut: () => undefined,
      strayed: (path: string, faults: readonly string[]) => void heard.push({ path, faults }),
    };
    const identity = {
      corpId,
      agentId,
      agentSecret: secret,
      contactSecret: secret,
      oauthUrl: 'https://oauth',
      watch,
    };
    const wecom = createWecom(
      create({ baseURL: server.origin }),
      createMemoryShared(() => Date.now()),
      identity,
    );
    await read(await ask(wecom));
    expect(heard).toEqual([
      { path: expect.stringMatching(/^\/cgi-bin\//), faults: [expect.stringMatching(/\w/)] },
    ]);
    expect(JSON.stringify(heard)).not.toContain('李四');
  },
);

it('a tag that nobody can read is set aside, and its group with the others is used', async () => {
  const { wecom } = await aWecom(() =>
    ok({ tag_group: [{ ...group, tag: [...group.tag, { id: {}, name: '李四' }] }] }),
  );
  let unread = 0;
  const groups = await wecom.tags.groups({ onStrays: (count) => void (unread += count) });
  expect([groups.map(({ tags }) => tags.map(({ name }) => name)), unread]).toEqual([[['头部']], 1]);
});

it('says whose row could not be read where a missing row would mean something', async () => {
  const rows = [{ external_userid: 'wm2', status: {} }, null, { external_userid: 'wm1', status: 1 }];
  const { wecom } = await aWecom(() => ok({ customer: rows }));
  const unread: (string | null)[] = [];
  await read(
    wecom.transfers.results({ kind: 'on_job', ...pair, onStrays: (ids) => void unread.push(...ids) }),
  );
  expect(unread).toEqual(['wm2', null]);
});

async function told(ask: OddCase[1], answer: object): Promise<unknown> {
  const { wecom } = await aWecom(() => ok(answer));
  return read(await ask(wecom));
}
