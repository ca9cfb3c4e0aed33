import { expect, it } from 'vitest';
import { retireMember } from '../../../server/flows/staff/retire-member.ts';
import { aMember, type Visitor } from '../../support/a-visitor.ts';
import { aLeaverWorld } from '../../support/leaver-world.ts';

/** ben of lena’s team has left; carl of mark’s team is there. */
async function aDesk() {
  const world = await aLeaverWorld({
    followings: [
      ['ben', 'wm1', '甲公司'],
      ['ben', 'wm2', '乙公司'],
      ['anna', 'wm2', '乙公司'],
      ['carl', 'wm3', '丙公司'],
    ],
  });
  await world.leave('ben');
  await retireMember(world.context, 'ben', world.context.now());
  const [lena, mark, olga] = await Promise.all(
    ['lena', 'mark', 'olga'].map((name) => aMember(world.origin, name)),
  );
  if (!lena || !mark || !olga) throw new Error('somebody is missing');
  return { ...world, lena, mark, olga };
}

const resigned = { kind: 'resigned', handoverId: 'ben', takeoverId: 'anna', accountIds: null };
const post = async (visitor: Visitor, body: object) => {
  const answer = await visitor.send('/api/v1/transfers', body);
  return [answer.status, await answer.json()];
};

it('shows the pool with heirs and why: a manager what the team left, an administrator everything', async () => {
  const { lena, mark, olga, accountOf, context } = await aDesk();
  const account = await accountOf('wm2');
  const shown = {
    id: account._id,
    name: '乙公司',
    region: '',
    product: null,
    formerOwner: { staffId: 'ben', name: 'ben' },
    pooledAt: context.now().toISOString(),
    heir: { staffId: 'anna', name: 'anna' },
    why: {
      rule: 'co_follower',
      touchedAt: expect.any(String),
      accountCount: null,
      departmentId: null,
    },
    isAccepted: false,
  };
  const accounts = expect.arrayContaining([shown, expect.objectContaining({ name: '甲公司' })]);
  expect(await lena.read('/api/v1/pool')).toEqual({ accounts });
  expect(await olga.read('/api/v1/pool')).toEqual({ accounts });
  expect(await mark.read('/api/v1/pool')).toEqual({ accounts: [] });
});

it('hands over for the leader of both, and shows what became of it to who may see it', async () => {
  const { lena, mark, olga, ownersOf } = await aDesk();
  expect(await post(lena, resigned)).toEqual([200, { started: 2, assigned: 2, problems: [] }]);
  expect(await ownersOf('wm1', 'wm2')).toEqual(['anna', 'anna']);
  const first = {
    kind: 'resigned',
    state: 'waiting',
    handover: { staffId: 'ben', name: 'ben' },
    takeover: { staffId: 'anna', name: 'anna' },
    errcode: null,
    settledAt: null,
  };
  for (const visitor of [lena, olga])
    expect(await visitor.read('/api/v1/transfers?state=waiting&limit=1')).toMatchObject({
      transfers: [first],
    });
  expect(await mark.read('/api/v1/transfers')).toEqual({ transfers: [] });
  expect(await lena.read('/api/v1/transfers?state=done')).toEqual({ transfers: [] });
});

it.each([
  ['who leads only the one who hands over', 'lena', { takeoverId: 'carl' }],
  ['who leads only the one who takes over', 'mark', { takeoverId: 'carl' }],
  ['who leads neither', 'mark', {}],
] as const)('does not hand over for a leader %s', async (_name, name, more) => {
  const desk = await aDesk();
  const [status, body] = await post(desk[name], { ...resigned, ...more });
  expect([status, body]).toMatchObject([403, { error: { code: 'not_your_team' } }]);
  expect(await desk.ownersOf('wm1')).toEqual([null]);
});

const refused = (code: string) => [
  409,
  { error: { code, message: expect.stringMatching(/\p{Script=Han}/u) } },
];

it('tells an administrator what stands against it', async () => {
  const { olga } = await aDesk();
  expect(await post(olga, { ...resigned, kind: 'on_job' })).toMatchObject(refused('owner_has_left'));
  expect(await post(olga, { ...resigned, takeoverId: 'ben' })).toMatchObject(refused('same_person'));
  expect(await post(olga, { ...resigned, accountIds: ['x'] })).toMatchObject(refused('not_their_accounts'));
});

it.each([
  ['no account at all', { accountIds: [] }],
  ['more than 1000 accounts', { accountIds: Array.from({ length: 1001 }, (_, index) => `a${index}`) }],
  ['an unknown kind', { kind: 'gone' }],
  ['nobody', { handoverId: '' }],
])('takes no wish with %s', async (_name, more) => {
  const { olga } = await aDesk();
  expect(await post(olga, { ...resigned, ...more })).toMatchObject([
    400,
    { error: { code: 'invalid_body' } },
  ]);
});

it.each(['state=gone', 'limit=0', 'limit=501', 'limit=x'])('takes no query like %s', async (query) => {
  const { olga } = await aDesk();
  expect((await olga.go(`/api/v1/transfers?${query}`)).status).toBe(400);
});
