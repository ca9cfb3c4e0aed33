import { expect, it } from 'vitest';
import { aMember } from '../../support/a-visitor.ts';
import { aLeaverWorld } from '../../support/leaver-world.ts';

async function aDesk() {
  const world = await aLeaverWorld();
  const as = (staffId: string) => aMember(world.origin, staffId);
  const [anna, ben, carl, lena] = [await as('anna'), await as('ben'), await as('carl'), await as('lena')];
  return { ...world, anna, ben, carl, lena };
}
const codeOf = async (answer: Response) => {
  const body = (await answer.json()) as { error?: { code: string; details?: unknown } };
  return [answer.status, body.error?.code ?? 'fine'];
};

it('lists one’s own accounts for sales and the team’s for a manager, page by page', async () => {
  const { ben, carl, lena } = await aDesk();
  const page = (await ben.read('/api/v1/accounts?limit=2')) as { accounts: { id: string }[]; next: string };
  expect(page.accounts).toHaveLength(2);
  const rest = await ben.read(`/api/v1/accounts?limit=2&after=${page.next}`);
  expect(rest).toMatchObject({ accounts: [expect.anything()], next: null });
  expect(await carl.read('/api/v1/accounts')).toEqual({ accounts: [], next: null });
  const found = await lena.read(`/api/v1/accounts?text=${encodeURIComponent('乙公')}`);
  expect(found).toMatchObject({
    accounts: [{ name: '乙公司', owner: { staffId: 'ben' }, dimension: 'select' }],
  });
});

it('makes an account once, and names the other when the name is taken', async () => {
  const { ben, accountOf } = await aDesk();
  const made = await ben.send('/api/v1/accounts', { name: '丁公司', region: '华东' });
  const { id } = (await made.json()) as { id: string };
  expect(await ben.read(`/api/v1/accounts/${id}`)).toMatchObject({
    account: { name: '丁公司', region: '华东', owner: { staffId: 'ben' } },
    source: { kind: 'manual', detail: 'ben' },
  });
  const again = await ben.send('/api/v1/accounts', { name: ' 甲 公司 ' });
  const details = { accountId: (await accountOf('wm1'))._id };
  expect(await again.json()).toMatchObject({ error: { code: 'name_taken', details } });
  expect(await codeOf(await ben.send('/api/v1/accounts', { name: '戊', ownerId: 'carl' }))).toEqual([
    403,
    'not_your_team',
  ]);
});

it('merges with everything, and takes it back', async () => {
  const { ben, carl, accountOf, setNow, context, origin } = await aDesk();
  const [from, into] = [(await accountOf('wm1'))._id, (await accountOf('wm3'))._id];
  const merge = { intoId: into, reason: '同一家公司' };
  expect(await codeOf(await carl.send(`/api/v1/accounts/${from}/merge`, merge))).toEqual([
    403,
    'not_your_account',
  ]);
  expect(await codeOf(await ben.send(`/api/v1/accounts/${from}/merge`, { ...merge, intoId: from }))).toEqual([
    400,
    'merge_with_itself',
  ]);
  const merged = await ben.send(`/api/v1/accounts/${from}/merge`, merge);
  expect(await merged.json()).toMatchObject({
    account: { id: into },
    contacts: [{ externalUserId: 'wm1' }, { externalUserId: 'wm3' }],
    merges: [{ accountId: from, name: '甲公司' }],
  });
  expect(await ben.read(`/api/v1/accounts/${from}`)).toMatchObject({ account: { id: into } });
  const back = await ben.send(`/api/v1/accounts/${from}/unmerge`, {});
  expect(await back.json()).toMatchObject({ account: { id: from }, contacts: [{ externalUserId: 'wm1' }] });
  expect(await codeOf(await ben.send(`/api/v1/accounts/${from}/unmerge`, {}))).toEqual([409, 'not_merged']);
  await ben.send(`/api/v1/accounts/${from}/merge`, merge);
  setNow(new Date(context.now().getTime() + 30 * 86_400_000));
  const later = await aMember(origin, 'ben');
  const tooLate = await later.send(`/api/v1/accounts/${from}/unmerge`, {});
  expect(await codeOf(tooLate)).toEqual([409, 'merge_too_old']);
});

it('lets one of two claim an account of the pool, and cools down who released it', async () => {
  const { anna, ben, carl, accountOf } = await aDesk();
  const { _id } = await accountOf('wm1');
  const claim = `/api/v1/accounts/${_id}/claim`;
  expect(await codeOf(await carl.send(claim, {}))).toEqual([409, 'already_claimed']);
  expect((await ben.send(`/api/v1/accounts/${_id}/release`, { reason: '不再采购' })).status).toBe(200);
  expect(await carl.read('/api/v1/accounts?pool=true')).toMatchObject({ accounts: [{ id: _id }] });
  expect(await codeOf(await ben.send(claim, {}))).toEqual([409, 'cooling_down']);
  const both = await Promise.all([anna.send(claim, {}), carl.send(claim, {})]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await codeOf(await ben.send(`/api/v1/accounts/${_id}/release`, { reason: 'x' }))).toEqual([
    403,
    'not_your_account',
  ]);
});

it('lets everybody look at an account of the pool, so that they may claim it, and change nothing that is known of it', async () => {
  const { ben, carl, accountOf, context } = await aDesk();
  const { _id } = await accountOf('wm1');
  const own = `/api/v1/accounts/${_id}`;
  expect(await codeOf(await carl.go(own))).toEqual([403, 'not_your_account']);
  await ben.send(`${own}/release`, { reason: '不再采购' });
  await context.accounts.update(_id, { deputyId: 'anna' });
  expect(await carl.read(own)).toMatchObject({
    account: { id: _id },
    may: { claim: true, edit: false, merge: false },
  });
  for (const [path, body] of [
    ['', { industry: '机械' }],
    ['/referral', { referredById: null }],
    ['/potential', { score: 90, sharePercent: null, reason: '预算翻倍' }],
    ['/split', { name: '新公司', contactIds: ['wm1'] }],
  ] as const)
    expect([path, (await carl.send(`${own}${path}`, body)).status]).toEqual([path, 403]);
});
