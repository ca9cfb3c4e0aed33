import { describe, expect, it } from 'vitest';
import { createContactsApi } from '../../../../server/wecom/api/contacts.ts';
import { aCaller, aTokenServer, ok } from '../../../support/wecom-parts.ts';
import { openSmall } from '../../../../packages/wecom-sandbox/test/support/open-small.ts';
import { aRelation, aSmallCorp, MET_AT } from '../../../../packages/wecom-sandbox/test/support/small-corp.ts';
import type { Reply } from '../../../support/scripted-server.ts';

/** The contacts of the small corp. */
async function ofSandbox(...options: Parameters<typeof openSmall>) {
  const { platform } = await openSmall(...options);
  return { platform, contacts: createContactsApi(aCaller(platform.origin).call) };
}

/** Contacts of a platform that gives these answers, one after the other. */
async function ofAnswers(...answers: Reply[]) {
  const server = await aTokenServer((_, before) => answers[before] ?? 'cut');
  return { server, contacts: createContactsApi(aCaller(server.origin).call) };
}

async function allOf<Row>(pages: AsyncGenerator<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}

const page = (userids: string[], next: object) =>
  ok({
    external_contact: { external_userid: 'wm1', name: 'n' },
    follow_user: userids.map((userid) => ({ userid })),
    ...next,
  });

describe('one contact', () => {
  it('comes with every follower in sight, by our names', async () => {
    const { contacts } = await ofSandbox();
    const { contact, relations } = await contacts.get('wm2');
    expect(contact).toEqual({
      _id: 'wm2',
      name: 'name wm2',
      type: 1,
      position: '',
      corpName: '',
      corpFullName: '',
    });
    expect(relations.map(({ staffId }) => staffId)).toEqual(['ZhangSan', 'lisi']);
    expect(relations[1]).toEqual({
      staffId: 'lisi',
      externalUserId: 'wm2',
      remark: 'remark of wm2',
      description: '',
      remarkCorpName: '苏州恒锐精密机械有限公司',
      tagIds: [],
      addWay: 1,
      state: '',
      followedAt: new Date((MET_AT + 60) * 1000),
    });
  });

  it('from another company shows company and position; a channel shows its state', async () => {
    const { contacts } = await ofSandbox();
    const wecomUser = await contacts.get('wo3');
    expect(wecomUser.contact).toMatchObject({
      type: 2,
      corpName: '宁波鼎盛模具有限公司',
      corpFullName: '',
      position: '采购经理',
    });
    expect((await contacts.get('wm1')).relations).toMatchObject([{ state: 'expo' }]);
  });

  it('keeps the tags that have an id; personal ones have none', async () => {
    const tags = [
      { group_name: '客户分层', tag_name: '头部', tag_id: 'et1', type: 1 },
      { group_name: '', tag_name: '老乡', type: 2 },
      { group_name: 'g', tag_name: 'n', tag_id: '', type: 2 },
      { group_name: '规则组', tag_name: 'x', tag_id: 'et2', type: 3 },
    ];
    const { contacts } = await ofAnswers(
      ok({ external_contact: { external_userid: 'wm1' }, follow_user: [{ userid: 'a', tags }] }),
    );
    expect((await contacts.get('wm1')).relations[0]?.tagIds).toEqual(['et1', 'et2']);
  });

  it('may lack everything but ids, and may have fields that nobody knows', async () => {
    const { contacts } = await ofAnswers(
      ok({
        external_contact: { external_userid: 'wm1', avatar: 'x', external_profile: { external_attr: [] } },
        follow_user: [{ userid: 'a', wechat_channels: { nickname: 'n', source: 0 }, remark_mobiles: [] }],
      }),
    );
    expect(await contacts.get('wm1')).toEqual({
      contact: { _id: 'wm1', name: '', type: 1, position: '', corpName: '', corpFullName: '' },
      relations: [
        {
          staffId: 'a',
          externalUserId: 'wm1',
          remark: '',
          description: '',
          remarkCorpName: '',
          tagIds: [],
          addWay: 0,
          state: '',
          followedAt: new Date(0),
        },
      ],
      unread: [],
    });
  });

  it('with more than 500 followers is read to the last page', async () => {
    const { contacts, server } = await ofAnswers(page(['a', 'b'], { next_cursor: 'more' }), page(['c'], {}));
    expect((await contacts.get('wm1')).relations.map(({ staffId }) => staffId)).toEqual(['a', 'b', 'c']);
    const asked = server.of('externalcontact/get').map(({ query }) => query);
    const query = { external_userid: 'wm1', access_token: 'token-1' };
    expect(asked).toEqual([query, { ...query, cursor: 'more' }]);
  });

  it.each([
    ['wm9', 84061],
    ['wm4', 84061],
    ['nobody', 40096],
  ])('%s, whom nobody in sight follows, is refused with %i: no relation', async (id, errcode) => {
    const { contacts } = await ofSandbox();
    await expect(contacts.get(id)).rejects.toMatchObject({ errcode, isNoRelation: true });
  });

  it('says whose row could not be read, as far as it tells', async () => {
    const follow_user = [{ userid: 'a' }, { userid: 'b', remark: {} }, { remark: 'x' }];
    const { contacts } = await ofAnswers(ok({ external_contact: { external_userid: 'wm1' }, follow_user }));
    const { relations, unread } = await contacts.get('wm1');
    expect([relations.map(({ staffId }) => staffId), unread]).toEqual([['a'], ['b', null]]);
  });

  it.each([
    ['no person', {}],
    ['a person without id', { external_contact: { name: 'x' } }],
    ['followers that are no list', { external_contact: { external_userid: 'a' }, follow_user: { x: 'x' } }],
  ])('answered with %s is no usable answer, and the failure holds no values', async (_, fields) => {
    const { contacts } = await ofAnswers(...Array.from({ length: 4 }, () => ok(fields)));
    const error = await contacts.get('wm1').catch(String);
    expect(error).toMatch(/WecomUnreachable: .*externalcontact\/get.*unexpected shape/);
    expect(error).not.toMatch(/wm1|“x”|"x"/);
  });
});

describe('the contacts of members', () => {
  it('come one row per person and member, whatever the number of pages', async () => {
    const relations = Array.from({ length: 205 }, (_, n) => aRelation('lisi', `wm${1000 + n}`));
    const customers = relations.map(({ externalUserId }) => ({
      ...(aSmallCorp().customers[0] as ReturnType<typeof aSmallCorp>['customers'][number]),
      externalUserId,
    }));
    const { contacts, platform } = await ofSandbox({ corp: aSmallCorp({ relations, customers }) });
    const rows = await allOf(contacts.pages(['lisi', 'ZhangSan']));
    expect(new Set(rows.map(({ contact }) => contact._id)).size).toBe(205);
    expect(rows.every(({ contact, relation }) => relation.externalUserId === contact._id)).toBe(true);
    const calls = platform.log.after(0).filter(({ path }) => path?.endsWith('batch/get_by_user'));
    expect(calls).toHaveLength(3);
  });

  it('carry tag ids, channel and time as the single answer does', async () => {
    const corp = aSmallCorp();
    corp.relations = [aRelation('lisi', 'wo3', { tagIds: ['etHot'], state: 'expo', addWay: 16 })];
    const { contacts } = await ofSandbox({ corp });
    const [row] = await allOf(contacts.pages(['lisi']));
    const single = await contacts.get('wo3');
    expect(row).toEqual({ contact: single.contact, relation: single.relations[0] });
    expect(row?.relation).toMatchObject({ tagIds: ['etHot'], state: 'expo', addWay: 16 });
  });

  it('are nobody when the list is empty', async () => {
    const { contacts } = await ofAnswers(ok({ external_contact_list: [] }));
    expect(await allOf(contacts.pages(['a']))).toEqual([]);
  });

  it('are given up when the cursor does not move', async () => {
    const stuck = ok({ external_contact_list: [], next_cursor: 'same' });
    const { contacts, server } = await ofAnswers(stuck, stuck, stuck, stuck);
    await expect(allOf(contacts.pages(['a']))).rejects.toThrow('the cursor does not move');
    expect(server.of('batch/get_by_user')).toHaveLength(2);
  });

  it('cannot be asked for a member without 客户联系', async () => {
    const { contacts } = await ofSandbox();
    await expect(allOf(contacts.pages(['plain']))).rejects.toMatchObject({
      errcode: 84074,
      isNotAllowed: true,
    });
  });
});
