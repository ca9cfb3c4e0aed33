import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';

const BASE = 'externalcontact/customer_strategy';
const range = [
  { type: 1, userid: 'lisi' },
  { type: 2, partyid: 3 },
];
const made = {
  strategy_name: '华东',
  admin_list: ['ZhangSan'],
  privilege: { view_customer_list: true },
  range,
};

async function withStrategy() {
  const opened = await openSmall();
  const { strategy_id } = await opened.write(`${BASE}/create`, made);
  const tags = (name: string, body: object) => opened.write(`externalcontact/${name}`, body);
  return { ...opened, strategy_id, tags };
}

it('keeps a rule group, changes it, and forgets it', async () => {
  const { write, strategy_id } = await withStrategy();
  const child = await write(`${BASE}/create`, { ...made, parent_id: strategy_id });
  expect((await write(`${BASE}/list`, { limit: 1 }))['strategy']).toEqual([{ strategy_id }]);
  expect((await write(`${BASE}/get`, { strategy_id: child['strategy_id'] }))['strategy']).toMatchObject({
    parent_id: strategy_id,
    strategy_name: '华东',
    create_time: 1_773_108_000,
    admin_list: ['ZhangSan'],
    privilege: { view_customer_list: true },
  });
  const range_add = [{ type: 1, userid: 'wangwu' }];
  await write(`${BASE}/edit`, {
    strategy_id,
    strategy_name: '华南',
    range_add,
    range_del: [{ type: 2, partyid: 3 }],
  });
  expect((await write(`${BASE}/get_range`, { strategy_id }))['range']).toEqual([
    { type: 1, userid: 'lisi' },
    { type: 1, userid: 'wangwu' },
  ]);
  await write(`${BASE}/del`, { strategy_id });
  expect(await write(`${BASE}/get`, { strategy_id })).toMatchObject({ errcode: 40058 });
});

it.each([
  ['no name', { strategy_name: '' }, 40058],
  ['no range', { range: [] }, 40058],
  ['20 administrators', { admin_list: Array(20).fill('lisi') }, 0],
  ['21 administrators', { admin_list: Array(21).fill('lisi') }, 40058],
  ['an unknown parent', { parent_id: 9 }, 40058],
])('answers a rule group with %s', async (_, more, errcode) => {
  const { write } = await openSmall();
  expect(await write(`${BASE}/create`, { ...made, ...more })).toMatchObject({ errcode });
});

it('has tags of its own', async () => {
  const { strategy_id, tags } = await withStrategy();
  const added = await tags('add_strategy_tag', {
    strategy_id,
    group_name: '意向',
    tag: [{ name: '高', order: 1 }, { name: '低' }, { name: '低' }],
  });
  const group = added['tag_group'] as { group_id: string; tag: { id: string; name: string }[] };
  expect(added['tag_group']).toMatchObject({
    strategy_id,
    group_name: '意向',
    tag: [{ name: '高' }, { name: '低' }],
  });
  const [high, low] = group.tag.map((tag) => tag.id);
  expect(high).toMatch(/^st/);
  expect(
    await tags('add_strategy_tag', { strategy_id, group_name: '意向', tag: [{ name: '高' }] }),
  ).toMatchObject({
    errcode: 40071,
  });
  expect(await tags('edit_strategy_tag', { id: low, name: '中', order: 5 })).toMatchObject({ errcode: 0 });
  const list = async (body: object = { strategy_id }) =>
    (await tags('get_strategy_tag_list', body))['tag_group'];
  expect(await list()).toMatchObject([{ tag: [{ name: '中' }, { name: '高' }] }]);
  expect(await list({ tag_id: [high] })).toMatchObject([{ tag: [{ name: '高' }] }]);
  await tags('del_strategy_tag', { tag_id: [high] });
  expect(await list()).toMatchObject([{ tag: [{ name: '中' }] }]);
  await tags('del_strategy_tag', { tag_id: [low] });
  expect(await list()).toEqual([]);
});

it.each([
  ['add_strategy_tag', { strategy_id: 9, group_name: 'g', tag: [{ name: 'a' }] }, 40058],
  ['add_strategy_tag', { strategy_id: 1, group_id: 'stX', tag: [{ name: 'a' }] }, 40068],
  ['add_strategy_tag', { strategy_id: 1, group_name: 'g', tag: [{ name: 'a'.repeat(30) }] }, 0],
  ['add_strategy_tag', { strategy_id: 1, group_name: 'g', tag: [{ name: 'a'.repeat(31) }] }, 40072],
  ['edit_strategy_tag', { id: 'stX', name: 'a' }, 40068],
  ['del_strategy_tag', {}, 40058],
  ['del_strategy_tag', { tag_id: ['stX'] }, 40068],
])('%s with %j: %i', async (name, body, errcode) => {
  const { tags } = await withStrategy();
  expect(await tags(name, body)).toMatchObject({ errcode });
});
