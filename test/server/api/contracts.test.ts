import { expect, it } from 'vitest';
import { aMember } from '../../support/a-visitor.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

/** An ERP that calls with a key of its own. */
async function anErp() {
  const corp = aTeamCorp([['anna', 'wm1', '甲']]);
  const world = await aSyncedWorld({ corp, settings: { ADMIN_USERIDS: 'olga' } });
  const olga = await aMember(world.origin, 'olga');
  const wish = { name: 'ERP', scopes: ['contracts:write', 'accounts:write'] };
  const made = await (await olga.send('/api/v1/api-keys', wish)).json();
  const { id, secret } = made as { id: string; secret: string };
  const call = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` };
    const answer = await fetch(`${world.origin}/api/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return [answer.status, await answer.json()];
  };
  return { world, id, call };
}
const aContract = (more: object = {}) => ({
  externalId: 'HT-1',
  account: '甲',
  amountYuan: 100,
  signedOn: '2026-03-01',
  milestones: [{ kind: 'delivery', amountYuan: '100', dueOn: '2026-04-01' }],
  ...more,
});
const aPayment = (more: object = {}) => ({
  externalId: 'SK-1',
  contractExternalId: 'HT-1',
  milestone: 'delivery',
  amountYuan: 40,
  paidOn: '2026-03-10',
  ...more,
});

it('takes contracts and payments of an ERP by the rules of a file, row by row, and repeatedly', async () => {
  const { world, id, call } = await anErp();
  const contracts = [aContract(), aContract({ externalId: 'HT-2', amountYuan: -5 })];
  expect(await call('/contracts', { contracts })).toMatchObject([
    200,
    { created: 1, rejected: [{ line: 2, id: 'HT-2', reasons: ['金额不能为负数'] }] },
  ]);
  expect(await call('/contracts', { contracts: [aContract()] })).toMatchObject([200, { unchanged: 1 }]);
  const payments = [aPayment(), aPayment({ externalId: 'SK-2', amountYuan: '60.01' })];
  expect(await call('/payments', { payments })).toMatchObject([200, { created: 1, rejected: [{ line: 2 }] }]);
  expect(await call('/payments', { payments: [aPayment()] })).toMatchObject([200, { unchanged: 1 }]);
  expect(await world.context.contracts.find('HT-1')).toMatchObject({ milestones: [{ paidFen: 4_000 }] });
  const [note] = await world.context.audit.list({ subject: 'contract:HT-1', limit: 1 });
  expect(note).toMatchObject({ by: `key:${id}`, act: 'contract.payment' });
});

it('classifies the customers at once: an agency contract makes a partner, and takes that along when it moves', async () => {
  const { world, call } = await anErp();
  const stageOf = async (name: string) => (await world.context.accounts.findByKey(name))?.stage;
  await call('/contracts', { contracts: [aContract({ kind: 'agency' })] });
  expect(await stageOf('甲')).toBe('partner');
  await call('/contracts', { contracts: [aContract({ kind: 'agency', account: '乙' })] });
  expect([await stageOf('甲'), await stageOf('乙')]).toEqual(['suspect', 'partner']);
});

it.each([
  { contracts: [] },
  { contracts: [aContract({ milestones: [{ kind: 'bonus', amountYuan: 1, dueOn: '2026-04-01' }] })] },
  { contracts: [aContract({ milestones: [...aContract().milestones, ...aContract().milestones] })] },
  { contracts: [aContract({ owner: 'anna' })] },
])('takes nothing of %j', async (body) => {
  const { call } = await anErp();
  expect(await call('/contracts', body)).toMatchObject([400, { error: { code: 'invalid_body' } }]);
});

it('fills profiles of contacts, and keeps by which key', async () => {
  const { world, id, call } = await anErp();
  const wm1 = {
    externalUserId: 'wm1',
    title: '部长',
    isTop: true,
    budget: 'approves_up_to',
    budgetUpToYuan: 5000,
    mobile: ['13800000000', '13900000000'],
    decisionRole: 'guide',
    guideLevel: 3,
  };
  const contacts = [wm1, { externalUserId: 'wm7', title: '部长' }];
  expect(await call('/contacts/kdm', { contacts })).toMatchObject([
    200,
    { changed: 1, rejected: [{ line: 2 }] },
  ]);
  expect((await world.context.contacts.find('wm1'))?.kdm).toMatchObject({
    title: '部长',
    isTop: true,
    budgetUpToFen: 500_000,
    methods: [{ kind: 'mobile' }, { kind: 'mobile' }],
    guideLevel: 3,
  });
  expect(await world.context.kdmChanges.latestOf('wm1', 1)).toMatchObject([{ by: `key:${id}` }]);
  expect(await call('/contacts/kdm', { contacts: [wm1] })).toMatchObject([200, { unchanged: 1 }]);
});
