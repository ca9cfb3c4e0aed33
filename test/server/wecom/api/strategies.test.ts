import { expect, it } from 'vitest';
import { aGate } from '../../../support/a-gate.ts';
import { ok } from '../../../support/wecom-parts.ts';
import {
  asLimited,
  asWritten,
  aWecom,
  han,
  ids,
  playCase,
  playLimit,
  samples,
  type ApiCase,
  type LimitCase,
} from '../../../support/wecom-cases.ts';

const SAMPLE = samples('tags');
const root = 'externalcontact/customer_strategy';
const group = {
  strategyId: 1,
  groupId: 'TAG_GROUPID1',
  name: 'GROUP_NAME',
  order: 1,
  createdAt: new Date(1_557_838_797_000),
  tags: [{ tagId: 'stTAG_ID1', name: 'NAME1', order: 1 }],
};

const cases: ApiCase[] = [
  [
    'lists the tags of a rule group',
    (wecom) => wecom.strategyTags.groups({ strategyId: 1, groupIds: ['TAG_GROUPID1'] }),
    [
      'POST',
      'externalcontact/get_strategy_tag_list',
      { strategy_id: 1, tag_id: [], group_id: ['TAG_GROUPID1'] },
    ],
    SAMPLE['get_strategy_tag_list'] ?? {},
    [group],
  ],
  [
    'adds tags to a rule group',
    (wecom) => wecom.strategyTags.add(1, { groupName: 'GROUP_NAME' }, ['NAME1']),
    [
      'POST',
      'externalcontact/add_strategy_tag',
      { strategy_id: 1, group_name: 'GROUP_NAME', tag: [{ name: 'NAME1', order: 1 }] },
    ],
    SAMPLE['add_strategy_tag'] ?? {},
    group,
  ],
  [
    'gives such a tag another name',
    (wecom) => wecom.strategyTags.rename('stTAG_ID1', '新'),
    ['POST', 'externalcontact/edit_strategy_tag', { id: 'stTAG_ID1', name: '新' }],
    {},
    undefined,
  ],
  [
    'puts such a tag in another place',
    (wecom) => wecom.strategyTags.reorder('stTAG_ID1', 7),
    ['POST', 'externalcontact/edit_strategy_tag', { id: 'stTAG_ID1', order: 7 }],
    {},
    undefined,
  ],
  [
    'deletes such tags',
    (wecom) => wecom.strategyTags.remove({ tagIds: ['stTAG_ID1'] }),
    ['POST', 'externalcontact/del_strategy_tag', { tag_id: ['stTAG_ID1'], group_id: [] }],
    {},
    undefined,
  ],
  [
    'lists rule groups',
    (wecom) => wecom.strategies.pages(),
    ['POST', `${root}/list`, { limit: 1000 }],
    SAMPLE['customer_strategy/list'] ?? {},
    [1, 2],
  ],
  [
    'tells about one rule group',
    (wecom) => wecom.strategies.get(1),
    ['POST', `${root}/get`, { strategy_id: 1 }],
    SAMPLE['customer_strategy/get'] ?? {},
    {
      strategyId: 1,
      parentId: 0,
      name: 'NAME',
      createdAt: new Date(1_557_838_797_000),
      adminIds: ['zhangsan', 'lisi'],
      privileges: { view_customer_list: true, share_customer: false },
    },
  ],
  [
    'tells for whom a rule group is',
    (wecom) => wecom.strategies.range(1),
    ['POST', `${root}/get_range`, { strategy_id: 1, limit: 1000 }],
    SAMPLE['customer_strategy/get_range'] ?? {},
    [{ staffIds: ['zhangsan'], departmentIds: [1] }],
  ],
  [
    'makes a rule group',
    (wecom) =>
      wecom.strategies.create(
        { name: 'NAME', adminIds: ['zhangsan'], privileges: { contact_me: true } },
        { staffIds: ['zhangsan'], departmentIds: [1] },
      ),
    [
      'POST',
      `${root}/create`,
      {
        parent_id: 0,
        strategy_name: 'NAME',
        admin_list: ['zhangsan'],
        privilege: { contact_me: true },
        range: [
          { type: 1, userid: 'zhangsan' },
          { type: 2, partyid: 1 },
        ],
      },
    ],
    SAMPLE['customer_strategy/create'] ?? {},
    1,
  ],
  [
    'changes a rule group',
    (wecom) =>
      wecom.strategies.edit(1, { name: 'N', add: { departmentIds: [2] }, remove: { staffIds: ['a'] } }),
    [
      'POST',
      `${root}/edit`,
      {
        strategy_id: 1,
        strategy_name: 'N',
        range_add: [{ type: 2, partyid: 2 }],
        range_del: [{ type: 1, userid: 'a' }],
      },
    ],
    {},
    undefined,
  ],
  [
    'deletes a rule group',
    (wecom) => wecom.strategies.remove(1),
    ['POST', `${root}/del`, { strategy_id: 1 }],
    {},
    undefined,
  ],
];
it.each(cases)('%s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});

const limits: LimitCase[] = [
  ['tag.0.name', 30, 31, (n) => (wecom) => wecom.strategyTags.add(1, { groupId: 'g' }, [han(n)])],
  ['tag', 1, 0, (n) => (wecom) => wecom.strategyTags.add(1, { groupId: 'g' }, ids(n))],
  ['name', 30, 31, (n) => (wecom) => wecom.strategyTags.rename('t', han(n))],
  ['order', 2 ** 32 - 1, 2 ** 32, (n) => (wecom) => wecom.strategyTags.reorder('t', n)],
  ['admin_list', 20, 21, (n) => (wecom) => wecom.strategies.create({ name: 'x', adminIds: ids(n) }, {})],
  ['admin_list', 1, 0, (n) => (wecom) => wecom.strategies.create({ name: 'x', adminIds: ids(n) }, {})],
];
it.each(limits)('%s: %i goes out, %i does not', async (...limit) => {
  expect(await playLimit(limit)).toEqual(asLimited(limit));
});

it('asks about rule groups one after the other, as WeCom wants', async () => {
  const all = aGate();
  const { wecom, server } = await aWecom(async () => {
    await all.passed;
    return ok(SAMPLE['customer_strategy/get']);
  });
  const asked = Promise.all([1, 2, 3].map((strategyId) => wecom.strategies.get(strategyId)));
  await expect.poll(() => server.of('customer_strategy/get').length).toBe(1);
  all.open();
  expect(await asked).toHaveLength(3);
  expect(server.mostAtOnce()).toBe(1);
});
