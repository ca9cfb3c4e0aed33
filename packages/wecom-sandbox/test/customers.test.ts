import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';
import { aRelation, aSmallCorp, aStaff, MET_AT } from './support/small-corp.ts';

type Row = { external_contact: { external_userid: string }; follow_info: Record<string, unknown> };

it('names the members with customers in the visible range', async () => {
  const { read } = await openSmall();
  expect(await read('externalcontact/get_follow_user_list')).toMatchObject({
    errcode: 0,
    follow_user: ['ZhangSan', 'lisi', 'wangwu'],
  });
});

it('lists a member’s customers, and says 84061 when there are none', async () => {
  const { read } = await openSmall();
  expect(await read('externalcontact/list', { userid: 'zhangsan' })).toMatchObject({
    external_userid: ['wm1', 'wm2'],
  });
  expect(await read('externalcontact/list', { userid: 'wangwu' })).toMatchObject({
    errcode: 84061,
    external_userid: [],
  });
  expect(await read('externalcontact/list', { userid: 'nobody' })).toMatchObject({ errcode: 40003 });
  expect(await read('externalcontact/list', { userid: 'hidden' })).toMatchObject({ errcode: 60011 });
  expect(await read('externalcontact/list', { userid: 'plain' })).toMatchObject({ errcode: 84074 });
});

it('shows a customer with every follower in range', async () => {
  const { read } = await openSmall();
  const answer = await read('externalcontact/get', { external_userid: 'wm2' });
  expect(answer['external_contact']).toEqual({
    external_userid: 'wm2',
    name: 'name wm2',
    type: 1,
    avatar: '',
    gender: 1,
  });
  expect(answer['follow_user']).toMatchObject([
    { userid: 'ZhangSan', createtime: MET_AT, tags: [], add_way: 1, oper_userid: 'wm2' },
    { userid: 'lisi', createtime: MET_AT + 60 },
  ]);
  expect(answer).not.toHaveProperty('next_cursor');
});

it('shows a company only of WeCom users, and leaves out empty nodes', async () => {
  const { read } = await openSmall();
  const wecom = await read('externalcontact/get', { external_userid: 'wo3' });
  expect(wecom['external_contact']).toMatchObject({
    type: 2,
    corp_name: '宁波鼎盛模具有限公司',
    position: '采购经理',
  });
  const wechat = await read('externalcontact/get', { external_userid: 'wm1' });
  expect(wechat['follow_user']).toMatchObject([{ state: 'expo' }]);
  expect((wecom['follow_user'] as object[])[0]).not.toHaveProperty('state');
});

it('tells a wrong id, a missing id and a person whom nobody in range follows apart', async () => {
  const { read } = await openSmall();
  expect(await read('externalcontact/get', { external_userid: 'wmX' })).toMatchObject({ errcode: 40096 });
  expect(await read('externalcontact/get')).toMatchObject({ errcode: 41035, follow_user: [] });
  expect(await read('externalcontact/get', { external_userid: 'wm4' })).toMatchObject({ errcode: 84061 });
  expect(await read('externalcontact/get', { external_userid: 'wm9' })).toMatchObject({ errcode: 84061 });
});

it('pages through customers in batches, clamps the limit and refuses a foreign cursor', async () => {
  const customers = Array.from({ length: 250 }, (_, index) => `wm${String(index).padStart(4, '0')}`);
  const person = aSmallCorp().customers[0];
  const corp = aSmallCorp({
    customers: customers.map((externalUserId) => ({ ...person, externalUserId }) as never),
    relations: customers.map((externalUserId) => aRelation('lisi', externalUserId)),
  });
  const { write } = await openSmall({ corp });
  const seen: string[] = [];
  const sizes: number[] = [];
  for (let cursor: unknown = ''; sizes.length === 0 || cursor !== '';) {
    const page = await write('externalcontact/batch/get_by_user', {
      userid_list: ['LiSi'],
      cursor,
      limit: 500,
    });
    const rows = page['external_contact_list'] as Row[];
    seen.push(...rows.map((row) => row.external_contact.external_userid));
    sizes.push(rows.length);
    cursor = page['next_cursor'];
  }
  expect(sizes).toEqual([100, 100, 50]);
  expect(seen).toEqual(customers);
  const usual = await write('externalcontact/batch/get_by_user', { userid_list: ['lisi'] });
  expect(usual['external_contact_list']).toHaveLength(50);
  const foreign = { userid_list: ['ZhangSan'], cursor: usual['next_cursor'] };
  expect(await write('externalcontact/batch/get_by_user', foreign)).toMatchObject({ errcode: 50100 });
});

it('gives one row per customer and member, with tag ids instead of tags', async () => {
  const { write } = await openSmall();
  await write('externalcontact/mark_tag', { userid: 'lisi', external_userid: 'wm2', add_tag: ['etHot'] });
  const page = await write('externalcontact/batch/get_by_user', { userid_list: ['ZhangSan', 'lisi'] });
  const rows = page['external_contact_list'] as Row[];
  expect(rows.map((row) => [row.follow_info['userid'], row.external_contact.external_userid])).toEqual([
    ['ZhangSan', 'wm1'],
    ['ZhangSan', 'wm2'],
    ['lisi', 'wm2'],
    ['lisi', 'wo3'],
  ]);
  expect(rows[2]?.follow_info).toMatchObject({ tag_id: ['etHot'] });
  expect(rows[2]?.follow_info).not.toHaveProperty('tags');
  expect(await write('externalcontact/batch/get_by_user', { userid_list: [] })).toMatchObject({
    errcode: 40058,
  });
});

it('writes remarks within their lengths', async () => {
  const { write, read } = await openSmall();
  const key = { userid: 'lisi', external_userid: 'wm2' };
  const fields = {
    remark: '老石',
    description: '爱喝茶',
    remark_company: '恒锐',
    remark_mobiles: ['13800000000'],
  };
  expect(await write('externalcontact/remark', { ...key, ...fields })).toMatchObject({ errcode: 0 });
  const answer = await read('externalcontact/get', { external_userid: 'wm2' });
  expect(answer['follow_user']).toMatchObject([
    { remark: 'remark of wm2' },
    { remark: '老石', description: '爱喝茶', remark_corp_name: '恒锐', remark_mobiles: ['13800000000'] },
  ]);
  expect(await write('externalcontact/remark', { ...key, remark: '长'.repeat(21) })).toMatchObject({
    errcode: 40058,
  });
  expect(await write('externalcontact/remark', key)).toMatchObject({ errcode: 40058 });
  expect(
    await write('externalcontact/remark', { ...key, external_userid: 'wm1', remark: 'x' }),
  ).toMatchObject({
    errcode: 84061,
  });
});

it('clears the mobiles with one empty string and leaves a WeCom user’s company alone', async () => {
  const { write, platform } = await openSmall();
  const key = { userid: 'lisi', external_userid: 'wo3' };
  await write('externalcontact/remark', { ...key, remark_mobiles: ['13800000000'] });
  await write('externalcontact/remark', { ...key, remark_mobiles: [''], remark_company: '别的公司' });
  const relation = platform.state.corp.relations.find((row) => row.externalUserId === 'wo3');
  expect(relation).toMatchObject({ remarkMobiles: [], remarkCorpName: '苏州恒锐精密机械有限公司' });
});

it('pages through more than five hundred followers', async () => {
  const userids = Array.from({ length: 501 }, (_, n) => `s${String(n).padStart(3, '0')}`);
  const corp = aSmallCorp({
    staff: userids.map((userid) => aStaff(userid)),
    relations: [...userids.map((userid) => aRelation(userid, 'wm1')), aRelation('s000', 'wm2')],
  });
  const { read } = await openSmall({ corp });
  const first = await read('externalcontact/get', { external_userid: 'wm1' });
  expect(first['follow_user']).toHaveLength(500);
  const cursor = String(first['next_cursor']);
  const second = await read('externalcontact/get', { external_userid: 'wm1', cursor });
  expect(second['follow_user']).toMatchObject([{ userid: 's500' }]);
  expect(second).not.toHaveProperty('next_cursor');
  expect(await read('externalcontact/get', { external_userid: 'wm2', cursor })).toMatchObject({
    errcode: 50100,
    follow_user: [],
  });
});

it.each([
  ['remark', 20],
  ['remark_company', 20],
  ['description', 150],
])('allows %s of %i characters, and not one more', async (field, most) => {
  const { write } = await openSmall();
  const key = { userid: 'lisi', external_userid: 'wm2' };
  const note = (length: number) => write('externalcontact/remark', { ...key, [field]: '字'.repeat(length) });
  expect(await note(most)).toMatchObject({ errcode: 0 });
  expect(await note(most + 1)).toMatchObject({ errcode: 40058 });
});

it('clears the mobiles of a remark by one empty text, and leaves them when they are not named', async () => {
  const { platform, write } = await openSmall();
  const key = { userid: 'lisi', external_userid: 'wm2' };
  const mobiles = () => platform.state.corp.relations.find((row) => row.userid === 'lisi')?.remarkMobiles;
  await write('externalcontact/remark', { ...key, remark_mobiles: ['13800000000', '13900000000'] });
  await write('externalcontact/remark', { ...key, remark: '石' });
  expect(mobiles()).toEqual(['13800000000', '13900000000']);
  await write('externalcontact/remark', { ...key, remark_mobiles: [''] });
  expect(mobiles()).toEqual([]);
});
