import { expect, it } from 'vitest';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

async function anOffice() {
  const corp = aTeamCorp([['anna', 'wm1', '甲']]);
  const world = await aSyncedWorld({ corp, settings: { ADMIN_USERIDS: 'olga' } });
  const olga = await aMember(world.origin, 'olga');
  const named = (name: string) => olga.send('/api/v1/accounts', { name });
  const search = async (text: string) => {
    const answer = await olga.go(`/api/v1/accounts?text=${encodeURIComponent(text.toWellFormed())}`);
    const { accounts } = (await answer.json()) as { accounts?: { name: string }[] };
    return [answer.status, ...(accounts ?? []).map(({ name }) => name)];
  };
  return { ...world, olga, named, search };
}

const NAME = '苏州（中国）·智造，A_B [x]{y}^$.|?*+\\ 😀#-/';

it('finds accounts by any part of their name, whatever it means in a pattern', async () => {
  const { named, search } = await anOffice();
  expect((await named(NAME)).status).toBe(200);
  for (const part of [
    '苏州（中国）',
    '(中国)',
    '【中国】',
    '·',
    '，',
    'A_B',
    'a_b',
    'Ａ＿Ｂ',
    '😀',
    '[x]',
    '{y}',
    '^$',
    '.|?*+',
    '\\',
    '#-/',
    '中\u200b国',
  ])
    expect([part, ...(await search(part))]).toEqual([part, 200, NAME]);
  for (const part of ['.州', '甲|苏', '\\A', 'x{2}', '%00', '\u0000\ud83d'])
    expect([part, ...(await search(part))]).toEqual([part, 200]);
});

it('makes one account of names that differ in what nobody sees, and shows the name as it was written', async () => {
  const { named, search } = await anOffice();
  await named('恒通\u200b（上海）');
  expect(await search('恒通')).toEqual([200, '恒通\u200b（上海）']);
  for (const name of [
    '恒通(上海)',
    '恒通【上海】\ufeff',
    '\u202a恒通（上海）\u202c',
    '恒\u00ad通 （上海）',
    '恒通（上海）\u0000',
  ])
    expect((await named(name)).status).toBe(409);
  for (const name of ['\u200b', ' \u2060\u00ad'])
    expect(await (await named(name)).json()).toMatchObject({
      error: { message: expect.stringContaining('请填写客户名称') },
    });
});

it('keeps the audit chain whole, and every order somebody’s, when half a character comes in', async () => {
  const { olga, named, context } = await anOffice();
  const { id } = (await (await named('制造\ud83d')).json()) as { id: string };
  const order = { externalId: 'o\ud83d1', account: '电机\ud83d', amountYuan: 1, paidOn: '2026-03-01' };
  const report = await (await olga.send('/api/v1/orders', { orders: [order] })).json();
  expect(report).toMatchObject({ created: 1, rejected: [] });
  const pin = { score: 5, reason: '看好\ud83d\u0000' };
  await olga.send(`/api/v1/accounts/${id}/potential`, pin);
  await context.audit.note([
    { by: 'x\udc00', at: new Date(0), act: 'a', subject: 's\ud83d', from: { 'k\ud83d': '\ud83d' }, to: null },
  ]);
  expect(await olga.read('/api/v1/audit/verify')).toMatchObject({ isWhole: true, faults: [] });
  const kept = [];
  for await (const { _id, accountId } of context.orders.all())
    kept.push([_id, (await context.accounts.find(accountId))?.name]);
  expect(kept).toEqual([['o\ufffd1', '电机\ufffd']]);
});

it('turns away what is nested deeper than anything meant', async () => {
  const { olga } = await anOffice();
  const deep = `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`;
  const headers = { 'content-type': 'application/json' };
  const answer = await olga.go('/api/v1/accounts', { method: 'POST', headers, body: deep });
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'invalid_body' } }]);
});
