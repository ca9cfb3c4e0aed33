import { describe, expect, it } from 'vitest';
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
  type Run,
} from '../../../support/wecom-cases.ts';

const SAMPLE = samples('tags');
const createdAt = new Date(1_557_838_797_000);
const key = { staffId: 'zhangsan', externalUserId: 'wm1' };
const group = { groupId: 'TAG_GROUPID1', name: 'GROUP_NAME', order: 1, createdAt };
const list = 'externalcontact/get_corp_tag_list';

const cases: ApiCase[] = [
  [
    'every group, without what is deleted',
    (wecom) => wecom.tags.groups(),
    ['POST', list, { tag_id: [], group_id: [] }],
    SAMPLE['get_corp_tag_list'] ?? {},
    [{ ...group, tags: [{ tagId: 'TAG_ID1', name: 'NAME1', order: 1 }] }],
  ],
  [
    'the groups of some tags',
    (wecom) => wecom.tags.groups({ tagIds: ['t'] }),
    ['POST', list, { tag_id: ['t'], group_id: [] }],
    { tag_group: [] },
    [],
  ],
  [
    'some groups',
    (wecom) => wecom.tags.groups({ groupIds: ['g'] }),
    ['POST', list, { tag_id: [], group_id: ['g'] }],
    { tag_group: [] },
    [],
  ],
  [
    'new tags of a group by name, the first shown first',
    (wecom) => wecom.tags.add({ groupName: 'GROUP_NAME' }, ['NAME1', 'NAME2']),
    [
      'POST',
      'externalcontact/add_corp_tag',
      {
        group_name: 'GROUP_NAME',
        tag: [
          { name: 'NAME1', order: 2 },
          { name: 'NAME2', order: 1 },
        ],
      },
    ],
    SAMPLE['add_corp_tag'] ?? {},
    {
      ...group,
      tags: [
        { tagId: 'TAG_ID1', name: 'NAME1', order: 2 },
        { tagId: 'TAG_ID2', name: 'NAME2', order: 1 },
      ],
    },
  ],
];
it.each(cases)('%s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});

it('adds to a group by id', async () => {
  const { wecom, sent } = await aWecom(() => ok(SAMPLE['add_corp_tag']));
  await wecom.tags.add({ groupId: 'TAG_GROUPID1' }, ['NAME1']);
  expect(sent()[0]?.body).toEqual({ group_id: 'TAG_GROUPID1', tag: [{ name: 'NAME1', order: 1 }] });
});

describe('what WeCom would not take', () => {
  const limits: LimitCase[] = [
    ['group_name', 30, 31, (n) => (wecom) => wecom.tags.add({ groupName: han(n) }, ['x'])],
    ['group_name', 1, 0, (n) => (wecom) => wecom.tags.add({ groupName: han(n) }, ['x'])],
    ['tag.0.name', 30, 31, (n) => (wecom) => wecom.tags.add({ groupName: 'g' }, [han(n)])],
    ['tag.0.name', 1, 0, (n) => (wecom) => wecom.tags.add({ groupName: 'g' }, [han(n)])],
    ['tag', 1, 0, (n) => (wecom) => wecom.tags.add({ groupId: 'g' }, ids(n))],
    ['add_tag', 3000, 3001, (n) => (wecom) => wecom.tags.mark(key, { add: ids(n), remove: [] })],
    ['remove_tag', 3000, 3001, (n) => (wecom) => wecom.tags.mark(key, { add: [], remove: ids(n) })],
    [
      'userid',
      64,
      65,
      (n) => (wecom) => wecom.tags.mark({ ...key, staffId: 'x'.repeat(n) }, { add: ['t'], remove: [] }),
    ],
  ];
  it.each(limits)('%s: %i goes out, %i does not', async (...limit) => {
    expect(await playLimit(limit)).toEqual(asLimited(limit));
  });

  it.each<[string, Run]>([
    ['group_id', (wecom) => wecom.tags.groups({ tagIds: ['t'], groupIds: ['g'] })],
    ['add_tag', (wecom) => wecom.tags.mark(key, { add: [], remove: [] })],
  ])('%s is refused when it does not say what is meant', async (field, run) => {
    const { wecom, sent } = await aWecom(() => ok());
    await expect(run(wecom)).rejects.toMatchObject({ name: 'WecomLimitError', field });
    expect(sent()).toEqual([]);
  });
});

it('counts characters as people do: 30 emoji are 30', async () => {
  const { wecom, sent } = await aWecom(() => ok(SAMPLE['add_corp_tag']));
  await wecom.tags.add({ groupName: 'g' }, ['🙂'.repeat(30)]);
  expect(sent()).toHaveLength(1);
});
