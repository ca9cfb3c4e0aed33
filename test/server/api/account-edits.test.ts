import { describe, expect, it } from 'vitest';
import { aNote } from '../../support/a-note.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aLeaverWorld } from '../../support/leaver-world.ts';

async function aDesk() {
  const world = await aLeaverWorld();
  const as = (staffId: string) => aMember(world.origin, staffId);
  const [ben, carl, lena, olga] = [await as('ben'), await as('carl'), await as('lena'), await as('olga')];
  const [jia, yi, bing] = [
    await world.accountOf('wm1'),
    await world.accountOf('wm2'),
    await world.accountOf('wm3'),
  ];
  return { ...world, ben, carl, lena, olga, jia, yi, bing };
}
const codeOf = async (answer: Response) => {
  const body = (await answer.json()) as { error?: { code: string } };
  return [answer.status, body.error?.code ?? 'fine'];
};
const at = (id: string, rest = '') => `/api/v1/accounts/${id}${rest}`;

describe('editing an account', () => {
  it('changes what is named and leaves the rest, with before and after on record', async () => {
    const { ben, jia, context } = await aDesk();
    await ben.send(at(jia._id), { region: '华东', industry: '机械' });
    const answer = await ben.send(at(jia._id), { industry: '汽车', size: '500 人' });
    const account = { name: '甲公司', region: '华东', industry: '汽车', size: '500 人' };
    expect(await answer.json()).toMatchObject({ account, may: { edit: true, setOwner: false } });
    const edits = await context.audit.list({ subject: `account:${jia._id}`, limit: 9 });
    expect(edits.find(({ act }) => act === 'account.edit')).toMatchObject({
      by: 'ben',
      from: { industry: '机械', size: '' },
      to: { industry: '汽车' },
    });
  });

  it('refuses a name that another account has, however it is spelled, and names that account', async () => {
    const { ben, jia, yi } = await aDesk();
    const taken = await ben.send(at(jia._id), { name: ' 乙公司 ' });
    expect(await taken.json()).toMatchObject({
      error: { code: 'name_taken', details: { accountId: yi._id } },
    });
    const renamed = await ben.send(at(jia._id), { name: '甲（集团）公司' });
    expect(await renamed.json()).toMatchObject({
      account: { name: '甲（集团）公司' },
      history: expect.arrayContaining([expect.objectContaining({ from: '甲公司', isRename: true })]),
    });
  });

  it('takes the name of an account that was merged into it', async () => {
    const { ben, jia, yi } = await aDesk();
    await ben.send(at(jia._id, '/merge'), { intoId: yi._id, reason: '同一家' });
    const renamed = await ben.send(at(yi._id), { name: '甲公司' });
    expect(await renamed.json()).toMatchObject({ account: { id: yi._id, name: '甲公司' } });
  });

  it('keeps own fields as the administrator defined them, and says what is wrong with others', async () => {
    const { ben, olga, jia } = await aDesk();
    const field = { key: 'plant', label: '工厂数', kind: 'number', choices: [], isRequired: false };
    await olga.send('/api/v1/settings/customFields', { value: [field], version: 0 });
    expect(await ben.read('/api/v1/custom-fields')).toEqual({ fields: [field] });
    const wrong = await ben.send(at(jia._id), { custom: { plant: '三' } });
    expect(await wrong.json()).toMatchObject({
      error: { code: 'invalid_custom', details: [{ field: 'plant' }] },
    });
    expect(await (await ben.send(at(jia._id), { custom: { plant: 3 } })).json()).toMatchObject({
      custom: { plant: 3 },
    });
  });

  it('is for owner, deputy and manager, not for who only follows a contact', async () => {
    const { origin, yi, carl } = await aDesk();
    const anna = await aMember(origin, 'anna');
    expect(await codeOf(await anna.send(at(yi._id), { region: '华北' }))).toEqual([403, 'not_your_account']);
    expect((await carl.send(at(yi._id), { region: '华北' })).status).toBe(403);
  });
});

describe('owner and deputy', () => {
  it('an owner names a deputy, who then sees and edits the account', async () => {
    const { origin, ben, jia } = await aDesk();
    const anna = await aMember(origin, 'anna');
    expect((await anna.send(at(jia._id), { region: '华北' })).status).toBe(403);
    expect((await ben.send(at(jia._id, '/owner'), { deputyId: 'anna' })).status).toBe(200);
    expect((await anna.send(at(jia._id), { region: '华北' })).status).toBe(200);
    expect(await anna.read('/api/v1/accounts')).toMatchObject({ accounts: [{ id: jia._id }] });
  });

  it('the manager of both gives it to another owner, who is deputy no more', async () => {
    const { ben, lena, jia, context } = await aDesk();
    await ben.send(at(jia._id, '/owner'), { deputyId: 'anna' });
    const moved = await lena.send(at(jia._id, '/owner'), { ownerId: 'anna' });
    expect(await moved.json()).toMatchObject({
      account: { owner: { staffId: 'anna' }, deputy: null },
      formerOwner: { staffId: 'ben' },
    });
    expect(await context.history.ofAccount(jia._id)).toContainEqual(
      expect.objectContaining({ kind: 'owner', from: 'ben', to: 'anna', by: 'lena' }),
    );
  });

  it.each([
    ['ben', { ownerId: 'anna' }, [403, 'not_your_team']],
    ['lena', { ownerId: 'carl' }, [403, 'not_your_team']],
    ['olga', { ownerId: 'nobody' }, [400, 'unknown_member']],
    ['ben', { deputyId: 'nobody' }, [400, 'unknown_member']],
    ['ben', { deputyId: 'ben' }, [400, 'own_deputy']],
  ])('%s may not set %j', async (staffId, wish, expected) => {
    const { origin, jia } = await aDesk();
    const member = await aMember(origin, staffId);
    expect(await codeOf(await member.send(at(jia._id, '/owner'), wish))).toEqual(expected);
  });
});

describe('who recommended us', () => {
  it('is kept, shown on both sides, and taken back', async () => {
    const { ben, jia, yi } = await aDesk();
    const kept = await ben.send(at(jia._id, '/referral'), { referredById: yi._id });
    expect(await kept.json()).toMatchObject({ referredBy: { id: yi._id, name: '乙公司' } });
    expect(await ben.read(at(yi._id))).toMatchObject({ referrals: [{ id: jia._id }] });
    await ben.send(at(jia._id, '/referral'), { referredById: null });
    expect(await ben.read(at(jia._id))).toMatchObject({ referredBy: null });
  });

  it('is never the account itself, nor closes a circle, however long', async () => {
    const { ben, jia, yi, bing } = await aDesk();
    const set = async (id: string, referredById: string) =>
      codeOf(await ben.send(at(id, '/referral'), { referredById }));
    expect(await set(jia._id, jia._id)).toEqual([400, 'refers_itself']);
    expect(await set(jia._id, yi._id)).toEqual([200, 'fine']);
    expect(await set(yi._id, bing._id)).toEqual([200, 'fine']);
    expect(await set(bing._id, jia._id)).toEqual([400, 'referral_cycle']);
    expect(await set(bing._id, 'none')).toEqual([400, 'unknown_referrer']);
  });
});

describe('splitting an account', () => {
  it('gives the contacts, what was said with them and the named facts to a new account; the rest stays', async () => {
    const { ben, jia, bing, context } = await aDesk();
    await ben.send('/api/v1/contacts/wm3/follow-ups', aNote());
    await ben.send(at(bing._id, '/merge'), { intoId: jia._id, reason: '同一家' });
    const sale = { accountId: jia._id, product: '', amountFen: 100, costFen: 0, kind: 'sale' as const };
    const paid = ['o1', 'o2'].map((_id) => ({ ...sale, _id, paidOn: '2026-03-02' as const }));
    await context.orders.saveAll(paid);
    const wish = { contactIds: ['wm3'], name: '丙分公司', orderIds: ['o2'] };
    const answer = await ben.send(at(jia._id, '/split'), wish);
    const part = (await answer.json()) as { account: { id: string; owner: object; lastTouchAt: string } };
    expect(part).toMatchObject({
      account: { name: '丙分公司', owner: { staffId: 'ben' } },
      contacts: [{ externalUserId: 'wm3' }],
      source: { kind: 'split', detail: jia._id },
    });
    expect(part.account.lastTouchAt).not.toBeNull();
    expect(await ben.read(at(jia._id))).toMatchObject({ contacts: [{ externalUserId: 'wm1' }] });
    const orders = await context.orders.findMany(['o1', 'o2']);
    expect(orders.map(({ accountId }) => accountId)).toEqual([jia._id, part.account.id]);
    const again = (await (await ben.send(at(jia._id, '/split'), wish)).json()) as typeof part;
    expect(again.account.id).toBe(part.account.id); // sent twice, split once
  });

  it('refuses to leave nobody behind, contacts of others, and a name that is taken', async () => {
    const { ben, jia, yi } = await aDesk();
    const split = async (contactIds: string[], name: string) =>
      codeOf(await ben.send(at(jia._id, '/split'), { contactIds, name }));
    expect(await split(['wm1'], '分公司')).toEqual([409, 'would_be_empty']);
    expect(await split(['wm3'], '分公司')).toEqual([400, 'not_in_account']);
    await ben.send(at(yi._id, '/merge'), { intoId: jia._id, reason: '同一家' });
    expect(await split(['wm2'], '丙公司')).toEqual([409, 'name_taken']);
  });
});
