import { expect, it } from 'vitest';
import type { JoinWay } from '../../../../server/wecom/api/join-ways.ts';
import {
  asLimited,
  asWritten,
  han,
  ids,
  playCase,
  playLimit,
  samples,
  type ApiCase,
  type LimitCase,
} from '../../../support/wecom-cases.ts';

const SAMPLE = samples('contact-ways');
const root = 'externalcontact/groupchat';
const CONFIG = '9ad7fa5cdaa6511298498f979c472aaa';
const way: JoinWay = { scene: 'qr', chatIds: ['wr1'] };
const full: JoinWay = {
  scene: 'mini_program',
  chatIds: ['wr1', 'wr2'],
  remark: 'aa_remark',
  state: 'klsdup3kj3s1',
  opensMore: false,
  baseName: '销售客服群',
  baseNumber: 10,
  markSource: true,
};
const theirs = {
  scene: 1,
  chat_id_list: ['wr1', 'wr2'],
  remark: 'aa_remark',
  state: 'klsdup3kj3s1',
  auto_create_room: 0,
  room_base_name: '销售客服群',
  room_base_id: 10,
  mark_source: true,
};

const cases: ApiCase[] = [
  [
    'makes one with everything',
    (wecom) => wecom.joinWays.add(full),
    ['POST', `${root}/add_join_way`, theirs],
    SAMPLE['add_join_way'] ?? {},
    CONFIG,
  ],
  [
    'makes one and leaves the rest to WeCom',
    (wecom) => wecom.joinWays.add(way),
    ['POST', `${root}/add_join_way`, { scene: 2, chat_id_list: ['wr1'] }],
    SAMPLE['add_join_way'] ?? {},
    CONFIG,
  ],
  [
    'tells about one',
    (wecom) => wecom.joinWays.get(CONFIG),
    ['POST', `${root}/get_join_way`, { config_id: CONFIG }],
    SAMPLE['get_join_way'] ?? {},
    {
      configId: CONFIG,
      scene: 'qr',
      chatIds: ['wrOgQhDgAAH2Yy-CTZ6POca8mlBEdaaa', 'wrOgQhDgAALPUthpRAKvl7mgiQRwAAA'],
      remark: 'aa_remark',
      state: 'klsdup3kj3s1',
      opensMore: true,
      baseName: '销售客服群',
      baseNumber: 10,
      qrCodeUrl:
        'http://p.qpic.cn/wwhead/nMl9ssowtibVGyrmvBiaibzDtp703nXuzpibnKtbSDBRJTLwS3ic9ECrf3ibLVtIFb0N6wWwy5LVuyvMQ22/0',
    },
  ],
  [
    'replaces one',
    (wecom) => wecom.joinWays.update(CONFIG, full),
    ['POST', `${root}/update_join_way`, { config_id: CONFIG, ...theirs }],
    {},
    undefined,
  ],
  [
    'deletes one',
    (wecom) => wecom.joinWays.remove(CONFIG),
    ['POST', `${root}/del_join_way`, { config_id: CONFIG }],
    {},
    undefined,
  ],
];
it.each(cases)('%s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});

const limits: LimitCase[] = [
  ['remark', 30, 31, (n) => (wecom) => wecom.joinWays.add({ ...way, remark: han(n) })],
  ['state', 30, 31, (n) => (wecom) => wecom.joinWays.add({ ...way, state: han(n) })],
  ['room_base_name', 40, 41, (n) => (wecom) => wecom.joinWays.add({ ...way, baseName: han(n) })],
  ['chat_id_list', 5, 6, (n) => (wecom) => wecom.joinWays.add({ ...way, chatIds: ids(n) })],
  ['chat_id_list', 1, 0, (n) => (wecom) => wecom.joinWays.update(CONFIG, { ...way, chatIds: ids(n) })],
];
it.each(limits)('%s: %i goes out, %i does not', async (...limit) => {
  expect(await playLimit(limit)).toEqual(asLimited(limit));
});
