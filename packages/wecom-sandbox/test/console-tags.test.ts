import { expect, it } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';

/** A platform whose callbacks are kept, and what they told of tags. */
async function openHeard(options: Parameters<typeof openSmall>[0] = {}) {
  const receiver = await aReceiver();
  const small = await openSmall({ ...receiver, ...options });
  const told = async () => {
    await small.platform.settled();
    return receiver.letters.map(({ event }) => [event['ChangeType'], event['Id'], event['TagType']]);
  };
  return { ...small, receiver, told };
}

type Groups = { group_id: string; group_name: string; tag: { id: string; name: string }[] }[];

it('makes tags in a new group and tells of each', async () => {
  const { platform, told, write } = await openHeard();
  const { groupId, tagIds } = platform.actions.createTags({ groupName: '展会', names: ['上海', '广州'] });
  expect(await told()).toEqual([
    ['create', groupId, 'tag_group'],
    ['create', tagIds[0], 'tag'],
    ['create', tagIds[1], 'tag'],
  ]);
  const { tag_group: groups } = await write('externalcontact/get_corp_tag_list', {});
  expect(groups as Groups).toContainEqual(
    expect.objectContaining({ group_id: groupId, group_name: '展会', tag: expect.any(Array) }),
  );
});

it('adds to the console’s group of a name, and makes one beside the app’s', async () => {
  const { platform, write } = await openHeard();
  await write('externalcontact/add_corp_tag', { group_name: '客户分层', tag: [{ name: '头部' }] });
  const twin = platform.actions.createTags({ groupName: '客户分层', names: ['头部'] });
  const again = platform.actions.createTags({ groupName: '客户分层', names: ['其他'] });
  expect(again.groupId).toBe(twin.groupId);
  const named = platform.state.corp.tagGroups.filter(({ name }) => name === '客户分层');
  expect(named.map(({ madeBy, tags }) => [madeBy, tags.length])).toEqual([
    ['app', 1],
    ['console', 2],
  ]);
  // The app adds to its own.
  const added = await write('externalcontact/add_corp_tag', {
    group_name: '客户分层',
    tag: [{ name: '腰部' }],
  });
  expect(added).toMatchObject({ errcode: 0, tag_group: { group_id: named[0]?.id } });
});

it('keeps the app’s hands off the console’s tags', async () => {
  const { platform, write } = await openHeard();
  const { groupId, tagIds } = platform.actions.createTags({ groupName: '展会', names: ['上海'] });
  const tag = [{ name: '北京' }];
  const foreign = { errcode: 81011 };
  expect(await write('externalcontact/add_corp_tag', { group_name: '展会', tag })).toMatchObject(foreign);
  expect(await write('externalcontact/add_corp_tag', { group_id: groupId, tag })).toMatchObject(foreign);
  expect(await write('externalcontact/edit_corp_tag', { id: tagIds[0], name: 'x' })).toMatchObject(foreign);
  platform.rules.foreignTagErrcode = 301_002;
  expect(await write('externalcontact/del_corp_tag', { tag_id: tagIds })).toMatchObject({ errcode: 301_002 });
  // Putting it on a customer is allowed.
  const key = { userid: 'lisi', external_userid: 'wm2' };
  expect(await write('externalcontact/mark_tag', { ...key, add_tag: tagIds })).toMatchObject({ errcode: 0 });
});

it('renames tags and groups, those of the app too', async () => {
  const { platform, told, write } = await openHeard();
  const added = await write('externalcontact/add_corp_tag', { group_name: '组', tag: [{ name: '标签' }] });
  const { group_id: groupId, tag } = added['tag_group'] as Groups[number];
  const tagId = tag[0]?.id ?? '';
  platform.actions.renameTag({ id: tagId, name: '新名' });
  platform.actions.renameTag({ id: groupId, name: '新组' });
  expect(await told()).toEqual([
    ['update', tagId, 'tag'],
    ['update', groupId, 'tag_group'],
  ]);
  expect(platform.state.corp.tagGroups.at(-1)).toMatchObject({ name: '新组', tags: [{ name: '新名' }] });
});

it('deletes a tag from every customer, and the group with its last tag', async () => {
  const { platform, told, write } = await openHeard();
  const { groupId, tagIds } = platform.actions.createTags({ groupName: '展会', names: ['上海', '广州'] });
  const [first = '', second = ''] = tagIds;
  const key = { userid: 'lisi', external_userid: 'wm2' };
  await write('externalcontact/mark_tag', { ...key, add_tag: [first, second, 'etHot'] });
  platform.actions.deleteTag({ id: first });
  const row = platform.state.corp.relations.find(
    (one) => one.userid === 'lisi' && one.externalUserId === 'wm2',
  );
  expect(row?.tagIds).toEqual([second, 'etHot']);
  platform.actions.deleteTag({ id: second });
  expect((await told()).slice(3)).toEqual([
    ['delete', first, 'tag'],
    ['delete', second, 'tag'],
    ['delete', groupId, 'tag_group'],
  ]);
  const asked = await write('externalcontact/get_corp_tag_list', { group_id: [groupId] });
  expect(asked['tag_group']).toMatchObject([{ group_id: groupId, deleted: true }]);
});

it('deletes a whole group at once', async () => {
  const { platform, told } = await openHeard();
  platform.actions.deleteTag({ id: 'etConsole' });
  expect(await told()).toEqual([['delete', 'etConsole', 'tag_group']]);
  expect(platform.state.corp.tagGroups[0]).toMatchObject({ isDeleted: true, tags: [{ isDeleted: true }] });
});

it('puts tags and groups into another order', async () => {
  const { platform, told, write } = await openHeard();
  const { groupId, tagIds } = platform.actions.createTags({ groupName: '展会', names: ['一', '二', '三'] });
  const [one = '', two = '', three = ''] = tagIds;
  platform.actions.shuffleTags({ groupId, ids: [two, three, one] });
  platform.actions.shuffleTags({ ids: [groupId, 'etConsole'] });
  expect((await told()).slice(4)).toEqual([
    ['shuffle', groupId, undefined],
    ['shuffle', undefined, undefined],
  ]);
  const { tag_group: groups } = await write('externalcontact/get_corp_tag_list', {});
  const [first, second] = groups as Groups;
  expect(first?.tag.map(({ name }) => name)).toEqual(['二', '三', '一']);
  expect(second?.group_id).toBe('etConsole');
});

it('refuses what the console refuses', async () => {
  const { platform, control } = await openHeard();
  const { actions } = platform;
  expect(() =>
    actions.createTags({ groupName: '组', names: ['十五个字以内的名称才可以用的标'] }),
  ).not.toThrow();
  expect(() => actions.createTags({ groupName: '组', names: ['十五个字以内的名称才可以用的标签'] })).toThrow(
    '15',
  );
  expect(() => actions.createTags({ groupName: '组', names: [''] })).toThrow('15');
  expect(() => actions.createTags({ names: ['一'] })).toThrow('标签组');
  expect(() => actions.createTags({ groupId: 'etConsole', names: ['重点'] })).toThrow('同名');
  expect(() => actions.renameTag({ id: 'etX', name: '一' })).toThrow('没有这个标签');
  expect(() => actions.shuffleTags({ groupId: 'etConsole', ids: ['etX'] })).toThrow('不属于');
  expect((await control('act/create-tags', { body: { groupName: '组', names: [] } })).status).toBe(400);
});

it('is done through the control API too', async () => {
  const { control, told } = await openHeard();
  const made = await control('act/create-tags', { body: { groupName: '展会', names: ['上海'] } });
  const { groupId, tagIds } = await made.json();
  expect((await control('act/delete-tag', { body: { id: tagIds[0] } })).status).toBe(200);
  expect((await told()).at(-1)).toEqual(['delete', groupId, 'tag_group']);
});
