import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';
import type { Answer } from './support/open-small.ts';

type Tag = { id: string; name: string; order: number; deleted?: boolean };
type Group = { group_id: string; group_name: string; tag: Tag[]; deleted?: boolean };
const API = 'externalcontact';
const groupOf = (answer: Answer) => answer['tag_group'] as Group;
const groupsOf = (answer: Answer) => answer['tag_group'] as Group[];

async function withTiers() {
  const opened = await openSmall();
  const tag = [{ name: '头部', order: 3 }, { name: '腰部', order: 2 }, { name: '尾部' }];
  const group = groupOf(await opened.write(`${API}/add_corp_tag`, { group_name: '客户分层', tag }));
  const [head, waist, tail] = group.tag.map(({ id }) => id);
  return { ...opened, group, head: head ?? '', waist: waist ?? '', tail: tail ?? '' };
}

it('makes a group with its tags and lists them, the biggest order first', async () => {
  const { write, group } = await withTiers();
  expect(group.group_id).toMatch(/^et/);
  const list = groupsOf(await write(`${API}/get_corp_tag_list`, {}));
  expect(list.map(({ group_name: name }) => name)).toEqual(expect.arrayContaining(['客户分层', '后台标签']));
  expect(list.find(({ group_id: id }) => id === group.group_id)?.tag.map(({ name }) => name)).toEqual([
    '头部',
    '腰部',
    '尾部',
  ]);
});

it('appends to a group of the same name and answers only the new tags', async () => {
  const { write, group } = await withTiers();
  const answer = await write(`${API}/add_corp_tag`, {
    group_name: '客户分层',
    tag: [{ name: '未分层' }, { name: '未分层' }],
  });
  expect(groupOf(answer)).toMatchObject({ group_id: group.group_id, tag: [{ name: '未分层' }] });
  expect(groupOf(answer).tag).toHaveLength(1);
});

it('refuses a taken name, a wrong length, an empty group and an unknown group', async () => {
  const { write } = await withTiers();
  const add = (body: object) => write(`${API}/add_corp_tag`, body);
  expect(await add({ group_name: '客户分层', tag: [{ name: '头部' }] })).toMatchObject({ errcode: 40071 });
  expect(await add({ group_name: 'x', tag: [{ name: 'n'.repeat(31) }] })).toMatchObject({ errcode: 40072 });
  expect(await add({ group_name: 'n'.repeat(31), tag: [{ name: 'x' }] })).toMatchObject({ errcode: 40072 });
  expect(await add({ group_name: 'x', tag: [] })).toMatchObject({ errcode: 40058, tag_group: {} });
  expect(await add({ group_id: 'etX', tag: [{ name: 'x' }] })).toMatchObject({ errcode: 40068 });
});

it('stops at the corp’s number of tags', async () => {
  const { write, platform } = await withTiers();
  platform.rules.corpTags = 5;
  expect(await write(`${API}/add_corp_tag`, { group_name: '甲', tag: [{ name: '一' }] })).toMatchObject({
    errcode: 0,
  });
  expect(await write(`${API}/add_corp_tag`, { group_name: '乙', tag: [{ name: '二' }] })).toMatchObject({
    errcode: 40126,
  });
});

it('renames tags and groups, but not those of the admin console', async () => {
  const { write, group, head, waist } = await withTiers();
  expect(await write(`${API}/edit_corp_tag`, { id: head, name: 'VIP', order: 9 })).toMatchObject({
    errcode: 0,
  });
  expect(await write(`${API}/edit_corp_tag`, { id: group.group_id, name: '分层' })).toMatchObject({
    errcode: 0,
  });
  expect(await write(`${API}/edit_corp_tag`, { id: waist, name: 'VIP' })).toMatchObject({ errcode: 40071 });
  expect(await write(`${API}/edit_corp_tag`, { id: 'etHot', name: 'x' })).toMatchObject({ errcode: 81011 });
  expect(await write(`${API}/edit_corp_tag`, { id: 'etX', name: 'x' })).toMatchObject({ errcode: 40068 });
  const [shown] = groupsOf(await write(`${API}/get_corp_tag_list`, { tag_id: [head] }));
  expect(shown).toMatchObject({
    group_name: '分层',
    tag: [{ id: head, name: 'VIP', order: 9, deleted: false }],
  });
});

it('takes a deleted tag from its customers, and the group with its last tag', async () => {
  const { write, platform, group, head, waist, tail } = await withTiers();
  await write(`${API}/mark_tag`, { userid: 'lisi', external_userid: 'wm2', add_tag: [head, waist] });
  expect(await write(`${API}/del_corp_tag`, { tag_id: [head] })).toMatchObject({ errcode: 0 });
  expect(platform.state.corp.relations.find((row) => row.userid === 'lisi')?.tagIds).toEqual([waist]);
  const asked = groupsOf(await write(`${API}/get_corp_tag_list`, { tag_id: [head] }));
  expect(asked[0]?.tag).toMatchObject([{ id: head, deleted: true }]);
  await write(`${API}/del_corp_tag`, { tag_id: [waist, tail] });
  const left = groupsOf(await write(`${API}/get_corp_tag_list`, {}));
  expect(left.map(({ group_id: id }) => id)).not.toContain(group.group_id);
  expect(await write(`${API}/del_corp_tag`, { group_id: [group.group_id] })).toMatchObject({
    errcode: 40068,
  });
  expect(await write(`${API}/del_corp_tag`, {})).toMatchObject({ errcode: 40058 });
});

it('marks and unmarks a customer for one member', async () => {
  const { write, read, head, waist } = await withTiers();
  const key = { userid: 'LISI', external_userid: 'wm2' };
  expect(await write(`${API}/mark_tag`, { ...key, add_tag: [head, 'etHot'] })).toMatchObject({ errcode: 0 });
  expect(await write(`${API}/mark_tag`, { ...key, add_tag: [waist], remove_tag: [head] })).toMatchObject({
    errcode: 0,
  });
  const answer = await read(`${API}/get`, { external_userid: 'wm2' });
  const [other, mine] = answer['follow_user'] as { tags: unknown[] }[];
  expect(other?.tags).toEqual([]);
  expect(mine?.tags).toEqual([
    { group_name: '后台标签', tag_name: '重点', tag_id: 'etHot', type: 1 },
    { group_name: '客户分层', tag_name: '腰部', tag_id: waist, type: 1 },
  ]);
});

it('refuses to mark a stranger, with unknown tags, with nothing, or above the limit', async () => {
  const { write, platform, head, waist } = await withTiers();
  const mark = (body: object) =>
    write(`${API}/mark_tag`, { userid: 'lisi', external_userid: 'wm2', ...body });
  expect(await mark({ external_userid: 'wm1', add_tag: [head] })).toMatchObject({ errcode: 84061 });
  expect(await mark({ add_tag: ['etX'] })).toMatchObject({ errcode: 40068 });
  expect(await mark({})).toMatchObject({ errcode: 40058 });
  platform.rules.tagsPerCustomer = 1;
  expect(await mark({ add_tag: [head, waist] })).toMatchObject({ errcode: 40126 });
  expect(await mark({ add_tag: [head] })).toMatchObject({ errcode: 0 });
});

it('serves five tag writes at once and turns the rest away', async () => {
  const { platform, token, head } = await withTiers();
  platform.rules.writeMs = 1000;
  const url = `${platform.origin}/cgi-bin/${API}/mark_tag?access_token=${await token()}`;
  const body = JSON.stringify({ userid: 'lisi', external_userid: 'wm2', add_tag: [head] });
  const answers = await Promise.all(Array.from({ length: 8 }, () => fetch(url, { method: 'POST', body })));
  const codes = await Promise.all(answers.map(async (answer) => ((await answer.json()) as Answer).errcode));
  expect(codes.filter((code) => code === 0)).toHaveLength(5);
  expect(codes.filter((code) => code === 45033)).toHaveLength(3);
});
