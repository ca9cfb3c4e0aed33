import { expect, it } from 'vitest';
import { createTagsApi, type WecomTagGroup } from '../../../../server/wecom/api/tags.ts';
import { aGate } from '../../../support/a-gate.ts';
import { aCaller, aTokenServer, ok, refused } from '../../../support/wecom-parts.ts';
import { openSmall } from '../../../../packages/wecom-sandbox/test/support/open-small.ts';

async function ofSandbox() {
  const { platform } = await openSmall();
  const { call, pauses } = aCaller(platform.origin);
  return { platform, pauses, tags: createTagsApi(call) };
}

/** Groups as far as every platform tells the same. */
const plain = (groups: WecomTagGroup[]) =>
  groups.map(({ groupId, name, tags }) => ({ groupId, name, tags: tags.map(({ tagId }) => tagId) }));
const idsOf = ({ tags }: WecomTagGroup) => tags.map(({ tagId }) => tagId);
const namesOf = ({ tags }: WecomTagGroup) =>
  tags.toSorted((a, b) => b.order - a.order).map(({ name }) => name);

it('reads every group with its tags', async () => {
  const { tags } = await ofSandbox();
  const groups = await tags.groups();
  expect(plain(groups)).toEqual([{ groupId: 'etConsole', name: '后台标签', tags: ['etHot'] }]);
  expect(groups[0]?.tags[0]).toMatchObject({ name: '重点' });
});

it('leaves out what is deleted', async () => {
  const tag = [
    { id: 'e1', name: '头部' },
    { id: 'e2', name: '腰部', deleted: true },
    { id: 'e3', name: '尾部', deleted: false },
  ];
  const server = await aTokenServer(() =>
    ok({
      tag_group: [
        { group_id: 'g1', group_name: '客户分层', tag, strategy_id: 0 },
        { group_id: 'g2', group_name: '旧', tag: [{ id: 'e4', name: 'x' }], deleted: true },
        { group_id: 'g3', group_name: '空' },
      ],
    }),
  );
  expect(plain(await createTagsApi(aCaller(server.origin).call).groups())).toEqual([
    { groupId: 'g1', name: '客户分层', tags: ['e1', 'e3'] },
    { groupId: 'g3', name: '空', tags: [] },
  ]);
});

it('makes a group of tags, shown in the order given, and adds to it later by name or id', async () => {
  const { tags } = await ofSandbox();
  const made = await tags.add({ groupName: '客户分层' }, ['头部', '腰部', '尾部']);
  expect(namesOf(made)).toEqual(['头部', '腰部', '尾部']);
  const byName = await tags.add({ groupName: '客户分层' }, ['重点']);
  expect(byName).toMatchObject({ groupId: made.groupId, name: '客户分层' });
  expect(namesOf(byName)).toEqual(['重点']);
  await tags.add({ groupId: made.groupId }, ['新']);
  const group = (await tags.groups()).find(({ name }) => name === '客户分层');
  expect(group && namesOf(group)).toHaveLength(5);
});

it('marks and unmarks one relation; a colleague’s view of the contact stays', async () => {
  const { platform, tags } = await ofSandbox();
  const made = await tags.add({ groupName: '客户分层' }, ['头部', '腰部']);
  const [head = '', waist = ''] = idsOf(made);
  await tags.mark({ staffId: 'lisi', externalUserId: 'wm2' }, { add: [head], remove: [] });
  await tags.mark({ staffId: 'lisi', externalUserId: 'wm2' }, { add: [waist], remove: [head] });
  const marked = platform.state.corp.relations.filter(({ tagIds: ids }) => ids.length > 0);
  expect(marked).toMatchObject([{ userid: 'lisi', externalUserId: 'wm2', tagIds: [waist] }]);
});

it('does not send an empty list of tags, which WeCom refuses', async () => {
  const server = await aTokenServer(() => ok());
  const tags = createTagsApi(aCaller(server.origin).call);
  const key = { staffId: 'a', externalUserId: 'b' };
  await tags.mark(key, { add: ['x'], remove: [] });
  await tags.mark(key, { add: [], remove: ['y'] });
  expect(server.of('mark_tag').map(({ body }) => body)).toEqual([
    { userid: 'a', external_userid: 'b', add_tag: ['x'] },
    { userid: 'a', external_userid: 'b', remove_tag: ['y'] },
  ]);
});

it.each([
  ['an unknown tag', { staffId: 'lisi', externalUserId: 'wm2' }, 'etNone', { isBadTag: true }],
  [
    'somebody whom the member does not follow',
    { staffId: 'lisi', externalUserId: 'wm1' },
    'etHot',
    { isNoRelation: true },
  ],
])('cannot mark %s', async (...[, key, tagId, kind]) => {
  const { tags } = await ofSandbox();
  await expect(tags.mark(key, { add: [tagId], remove: [] })).rejects.toMatchObject(kind);
});

it('has at most three writes under way at once, of whatever kind', async () => {
  const all = aGate();
  const server = await aTokenServer(async () => {
    await all.passed;
    return ok({ tag_group: { group_id: 'g' } });
  });
  const tags = createTagsApi(aCaller(server.origin).call);
  const key = { staffId: 'a', externalUserId: 'b' };
  const work = [
    tags.add({ groupId: 'g' }, ['新']),
    ...Array.from({ length: 30 }, () => tags.mark(key, { add: ['x'], remove: [] })),
    tags.add({ groupName: 'h' }, ['新']),
  ];
  await expect.poll(() => server.mostAtOnce()).toBe(3);
  all.open();
  await Promise.all(work);
  expect(server.mostAtOnce()).toBe(3);
  expect(server.of('mark_tag')).toHaveLength(30);
});

it('marks many at once without ever meeting the platform’s limit', async () => {
  const { platform, pauses, tags } = await ofSandbox();
  const marks = Array.from({ length: 40 }, (_, n) =>
    tags.mark({ staffId: 'lisi', externalUserId: n % 2 ? 'wm2' : 'wo3' }, { add: ['etHot'], remove: [] }),
  );
  await Promise.all(marks);
  const answers = platform.log.after(0).filter(({ path }) => path?.endsWith('mark_tag'));
  expect(answers.map(({ errcode }) => errcode)).toEqual(Array.from({ length: 40 }, () => 0));
  expect(pauses).toEqual([]);
});

it('gets over the limit when others share it', async () => {
  const server = await aTokenServer((_, before) => (before < 2 ? refused(45033) : ok()));
  const { call, pauses } = aCaller(server.origin);
  await createTagsApi(call).mark({ staffId: 'a', externalUserId: 'b' }, { add: ['x'], remove: [] });
  expect(pauses).toHaveLength(2);
});
