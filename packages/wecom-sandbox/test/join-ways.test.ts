import { expect, it } from 'vitest';
import { aGroup } from './support/a-group.ts';
import { openSmall } from './support/open-small.ts';
import { aSmallCorp } from './support/small-corp.ts';

const ADD = 'externalcontact/groupchat/add_join_way';
const way = { scene: 2, chat_id_list: ['wr1'] };
const open = (options: Parameters<typeof openSmall>[0] = {}) =>
  openSmall({
    corp: aSmallCorp({ groups: [aGroup('wr1'), aGroup('wr2', { ownerId: 'hidden' })] }),
    ...options,
  });

it('keeps a way, shows it, replaces it whole, and forgets it', async () => {
  const { write } = await open();
  const asked = { ...way, remark: '展'.repeat(31), room_base_name: '群', room_base_id: 3, state: 'expo' };
  const { config_id } = await write(ADD, asked);
  expect(config_id).toMatch(/^[0-9a-z]{32}$/);
  const shown = async () =>
    (await write('externalcontact/groupchat/get_join_way', { config_id }))['join_way'];
  expect(await shown()).toEqual({
    config_id,
    scene: 2,
    remark: '展'.repeat(30),
    auto_create_room: 1,
    room_base_name: '群',
    room_base_id: 3,
    chat_id_list: ['wr1'],
    qr_code: expect.stringContaining(String(config_id)),
    state: 'expo',
    mark_source: true,
  });
  await write('externalcontact/groupchat/update_join_way', {
    ...way,
    config_id,
    scene: 1,
    auto_create_room: 0,
  });
  expect(await shown()).toMatchObject({ scene: 1, remark: '', state: '', auto_create_room: 0 });
  expect(await shown()).not.toHaveProperty('qr_code');
  expect(await write('externalcontact/groupchat/del_join_way', { config_id })).toMatchObject({ errcode: 0 });
  expect(await write('externalcontact/groupchat/get_join_way', { config_id })).toMatchObject({
    errcode: 41044,
    join_way: {},
  });
});

it.each([
  ['no scene', { scene: undefined }, 40058],
  ['scene 3', { scene: 3 }, 40058],
  ['no group', { chat_id_list: [] }, 40058],
  ['five groups', { chat_id_list: Array(5).fill('wr1') }, 0],
  ['six groups', { chat_id_list: Array(6).fill('wr1') }, 40058],
  ['an unknown group', { chat_id_list: ['wrX'] }, 40050],
  ['a group out of sight', { chat_id_list: ['wr2'] }, 60011],
  ['a state of 30', { state: 's'.repeat(30) }, 0],
  ['a state of 31', { state: 's'.repeat(31) }, 40058],
  ['a room name of 40', { room_base_name: '群'.repeat(40) }, 0],
  ['a room name of 41', { room_base_name: '群'.repeat(41) }, 40058],
])('answers a way with %s', async (_, more, errcode) => {
  const { write } = await open();
  expect(await write(ADD, { ...way, ...more })).toMatchObject({ errcode });
});

it('shares its room with the contact ways', async () => {
  const { write, platform } = await open();
  platform.rules.contactWays = 2;
  await write('externalcontact/add_contact_way', { type: 1, scene: 2, user: ['lisi'] });
  expect(await write(ADD, way)).toMatchObject({ errcode: 0 });
  expect(await write(ADD, way)).toMatchObject({ errcode: 41045 });
});

it('gives its state to those who scan it', async () => {
  const { write, platform } = await open();
  const { config_id } = await write(ADD, { ...way, state: 'expo' });
  platform.actions.addMembers({ chatId: 'wr1', ids: ['wm9'], configId: String(config_id) });
  const group = (await write('externalcontact/groupchat/get', { chat_id: 'wr1' }))['group_chat'];
  expect((group as { member_list: unknown[] }).member_list.at(-1)).toMatchObject({
    userid: 'wm9',
    join_scene: 3,
    state: 'expo',
  });
  expect(() =>
    platform.actions.addMembers({ chatId: 'wr2', ids: ['wm2'], configId: String(config_id) }),
  ).toThrow('不能进这个群');
});

it.each(['get_join_way', 'update_join_way', 'del_join_way'])('%s asks for a config_id', async (name) => {
  const { write } = await open();
  expect(await write(`externalcontact/groupchat/${name}`, way)).toMatchObject({ errcode: 41043 });
});
