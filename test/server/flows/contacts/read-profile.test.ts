import { expect, it } from 'vitest';
import { classifyAccountsJob } from '../../../../jobs/classify-accounts.ts';
import type { Kdm } from '../../../../server/domain/contacts/kdm.ts';
import { importOrders } from '../../../../server/flows/orders/import-orders.ts';
import type { OrderRow } from '../../../../server/domain/deals/order-row.ts';
import type { Numbered } from '../../../../server/domain/imports/row-cells.ts';
import { anAnswer } from '../../../support/an-answer.ts';
import { aNote } from '../../../support/a-note.ts';
import { setDue } from '../../../support/due-world.ts';
import { rowsOf } from '../../../support/rows-of.ts';
import { aTeamCorp, type Following } from '../../../support/a-team-corp.ts';
import { aMember } from '../../../support/a-visitor.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';

const people: Following[] = [
  ['anna', 'wm1', '甲'],
  ['ben', 'wm1', '甲'],
  ['ben', 'wm2', '甲'],
];
const aWorldOfThree = () => aSyncedWorld({ corp: aTeamCorp(people) });
const profileOf = async (world: LivingWorld, id = 'wm1') =>
  (await aMember(world.origin, 'anna')).read(`/api/v1/contacts/${id}/profile`);

const FULL: Kdm = {
  department: '采购部',
  title: '经理',
  level: 'manager',
  superiorId: 'wm2',
  scope: '设备',
  authority: '定厂商',
  budget: 'final',
  methods: [{ kind: 'mobile', value: '138' }],
  closeness: 'close',
  decisionRole: 'purchaser',
  confirmedAt: new Date('2025-12-10T10:00:00+08:00'),
};

it('shows a contact nobody knows anything about, with every gap named', async () => {
  const world = await aWorldOfThree();
  expect(await profileOf(world)).toMatchObject({
    contact: {
      name: '客户wm1',
      isLost: false,
      followers: [
        { staffId: 'anna', name: 'anna' },
        { staffId: 'ben', name: 'ben' },
      ],
    },
    account: {
      name: '甲',
      owner: { staffId: 'anna', name: 'anna' },
      tier: 'unrated',
      tierWhy: null,
      stage: 'suspect',
      chainGaps: ['final_say', 'purchaser', 'user', 'technical'],
      contacts: [{ externalUserId: 'wm1', title: null }, { externalUserId: 'wm2' }],
    },
    kdm: {
      completeness: 0,
      gaps: [
        'department',
        'title',
        'level',
        'superior',
        'scope',
        'authority',
        'method',
        'closeness',
        'decisionRole',
      ],
      confirmedDaysAgo: null,
      isStale: false,
    },
    questions: [],
    followUps: [],
    nps: { latest: null, account: { n: 0, score: null, margin: null } },
  });
});

it('shows a full profile, that it is stale, and what the decision chain still lacks', async () => {
  const world = await aWorldOfThree();
  await world.context.contacts.saveKdm('wm1', FULL);
  await world.context.contacts.saveKdm('wm2', { decisionRole: 'user', closeness: 'initial' });
  expect(await profileOf(world)).toMatchObject({
    account: { chainGaps: ['user', 'technical'] },
    kdm: {
      completeness: 100,
      gaps: [],
      superior: '客户wm2',
      methods: [{ kind: 'mobile', value: '138', verifiedOn: null }],
      confirmedDaysAgo: 91,
      isStale: true,
    },
  });
});

it('explains tier and stage with what went into them', async () => {
  const world = await aWorldOfThree();
  const orders = ['2026-01-05', '2026-02-05'].map((paid_on, n) => ({
    external_id: `o${n}`,
    account: '甲',
    amount_yuan: '1,200.50',
    paid_on,
  }));
  await importOrders(world.context, rowsOf<Numbered<OrderRow>['values']>(orders));
  await world.run(classifyAccountsJob);
  expect(await profileOf(world)).toMatchObject({
    account: {
      tier: 'head',
      tierWhy: {
        rule: 'ranked',
        valueFen: 240_100,
        rank: 1,
        ranked: 1,
        windowFrom: '2025-03-12',
        windowTo: '2026-03-11',
      },
      stage: 'repeat',
      stageWhy: { rule: 'repeat', paidOrders: 2, firstOrderOn: '2026-01-05', lastOrderOn: '2026-02-05' },
    },
  });
});

it('shows the last five follow-ups of the account, the latest first', async () => {
  const world = await aWorldOfThree();
  for (let day = 10; day < 17; day += 1) {
    world.setNow(`2026-03-${day}T10:00:00+08:00`);
    const ben = await aMember(world.origin, 'ben'); // a session does not outlive a day
    await ben.send('/api/v1/contacts/wm2/follow-ups', aNote({ purpose: `第${day}日`, channel: 'visit' }));
  }
  const { followUps } = (await profileOf(world)) as { followUps: { purpose: string }[] };
  expect(followUps.map(({ purpose }) => purpose)).toEqual(['第16日', '第15日', '第14日', '第13日', '第12日']);
  expect(followUps[0]).toMatchObject({ staffName: 'ben', contactName: '客户wm2', channel: 'visit' });
});

it('shows the latest answer of the contact, and one answer of each contact of the account', async () => {
  const world = await aWorldOfThree();
  const accountId = await setDue(world, '甲', {});
  const answers = [
    ['c1', 'wm1', 2, '2025-10-01T00:00:00Z'],
    ['c2', 'wm1', 10, '2026-02-01T00:00:00Z'],
    ['c1', 'wm2', 7, '2025-10-02T00:00:00Z'],
  ] as const;
  for (const [campaignId, externalUserId, score, at] of answers) {
    const given = { campaignId, externalUserId, accountId, score };
    await world.context.answers.keep(anAnswer(new Date(at), given));
  }
  expect(await profileOf(world)).toMatchObject({
    nps: {
      latest: { score: 10, answeredAt: '2026-02-01T00:00:00.000Z' },
      account: { n: 2, promoters: 1, passives: 1, detractors: 0, score: null },
    },
  });
});

it('calls contacts by the remark of who looks, else of the owner, with the nickname beside it', async () => {
  const corp = aTeamCorp(people);
  const remarkOf = { anna: '', ben: '王总-甲' } as Record<string, string>;
  corp.relations.forEach((relation) => (relation.remark = remarkOf[relation.userid] ?? ''));
  const world = await aSyncedWorld({ corp });
  const named = async (staffId: string) => {
    const { contact, account } = (await (
      await aMember(world.origin, staffId)
    ).read('/api/v1/contacts/wm1/profile')) as {
      contact: { name: string; nickname: string | null };
      account: { contacts: { name: string }[] };
    };
    return [contact.name, contact.nickname, ...account.contacts.map(({ name }) => name)];
  };
  expect(await named('ben')).toEqual(['王总-甲', '客户wm1', '王总-甲', '王总-甲']);
  expect(await named('anna')).toEqual(['客户wm1', null, '客户wm1', '客户wm2']); // the owner, anna, wrote none
  await world.context.accounts.update((await world.context.contacts.find('wm1'))?.accountId ?? '', {
    ownerId: 'ben',
  });
  expect(await named('anna')).toEqual(['王总-甲', '客户wm1', '王总-甲', '王总-甲']);
});
