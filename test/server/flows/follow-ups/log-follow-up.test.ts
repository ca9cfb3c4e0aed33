import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { aNote } from '../../../support/a-note.ts';
import { setDue } from '../../../support/due-world.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aMember } from '../../../support/a-visitor.ts';
import { aSyncedWorld } from '../../../support/a-world.ts';

const PATH = '/api/v1/contacts/wm1/follow-ups';

async function aDesk() {
  const world = await aSyncedWorld({
    corp: aTeamCorp([
      ['anna', 'wm1', '甲'],
      ['ben', 'wm1', '甲'],
      ['anna', 'wm2', '甲'],
    ]),
  });
  const [anna, ben] = [await aMember(world.origin, 'anna'), await aMember(world.origin, 'ben')];
  const account = () => world.context.accounts.findByKey('甲');
  const openOf = async () => world.context.questions.openOf((await account())?._id ?? '');
  const log = async (note: object) => {
    const answer = await (await aMember(world.origin, 'anna')).send(PATH, note); // clocks jump, sessions end
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return { world, anna, ben, account, openOf, log };
}

it('moves the cadence at once', async () => {
  const { anna, account, log, world } = await aDesk();
  expect(await anna.read('/api/v1/contacts/wm1/profile')).toMatchObject({
    cadence: { state: 'overdue', reason: 'new_contact', lastTouchAt: null },
  });
  const { status, body } = await log(aNote());
  const cadence = {
    state: 'too_soon',
    reason: 'interval',
    dueOn: '2026-04-01',
    welcomeFrom: '2026-03-18',
    overdueWorkingDays: 0,
    lastTouchAt: world.context.now().toISOString(),
    lastSignAt: expect.any(String),
    owed: [{ reason: 'interval', dueOn: '2026-04-01', overdueWorkingDays: 0 }],
    escalation: 'none',
    intervalDays: 21,
    minGapDays: 7,
  };
  expect([status, body]).toEqual([200, { id: expect.stringMatching(/^anna:/), cadence }]);
  expect(await account()).toMatchObject({ dueOn: '2026-04-01', newContactAt: null });
  expect(await anna.read('/api/v1/contacts/wm1/profile')).toMatchObject({ cadence });
});

it('takes a promised date that is earlier than the rhythm', async () => {
  const { log, account } = await aDesk();
  const { body } = await log(aNote({ nextOn: '2026-03-14', nextStep: '送样' }));
  expect(body).toMatchObject({ cadence: { dueOn: '2026-03-16', reason: 'promise' } });
  expect(await account()).toMatchObject({ promisedOn: '2026-03-14', dueOn: '2026-03-16' });
});

it('keeps a follow-up once that is sent several times', async () => {
  const { world, anna, account, log } = await aDesk();
  const note = aNote({ questions: ['多少钱？'] });
  await Promise.all([anna.send(PATH, note), anna.send(PATH, note), anna.send(PATH, note)]);
  world.setNow('2026-03-12T10:00:00+08:00');
  const again = await log(note);
  expect(again).toMatchObject({
    status: 200,
    body: { cadence: { lastTouchAt: '2026-03-11T02:00:00.000Z' } },
  });
  const id = (await account())?._id ?? '';
  expect(await world.context.followUps.latestOf(id, 9)).toHaveLength(1);
  expect(await world.context.questions.openOf(id)).toHaveLength(1);
  expect((await account())?.lastTouchAt).toEqual(new Date('2026-03-11T10:00:00+08:00'));
});

it('takes a repeated send whose promised date has passed meanwhile', async () => {
  const { world, log } = await aDesk();
  const note = aNote({ nextOn: '2026-03-11' });
  expect((await log(note)).status).toBe(200);
  world.setNow('2026-03-12T00:00:01+08:00');
  expect((await log(note)).status).toBe(200);
  expect((await log(aNote({ nextOn: '2026-03-11' }))).body).toMatchObject({
    error: { code: 'date_in_the_past' },
  });
});

it('takes the same request id of two members for two follow-ups', async () => {
  const { world, anna, ben, account } = await aDesk();
  const note = aNote({ requestId: randomUUID() });
  await Promise.all([anna.send(PATH, note), ben.send(PATH, note)]);
  expect(await world.context.followUps.latestOf((await account())?._id ?? '', 9)).toHaveLength(2);
});

it('opens questions, shows them at every contact of the account, and closes those that were answered', async () => {
  const { world, anna, openOf, log } = await aDesk();
  await log(aNote({ questions: ['交期？', '账期？'] }));
  const open = await openOf();
  expect(open.map(({ text }) => text)).toEqual(['交期？', '账期？']);
  expect(await anna.read('/api/v1/contacts/wm2/profile')).toMatchObject({
    questions: [{ text: '交期？', contactName: '客户wm1' }, { text: '账期？' }],
  });
  world.setNow('2026-03-13T10:00:00+08:00');
  await log(aNote({ answeredQuestionIds: [open[0]?._id ?? '', 'of somebody else'] }));
  expect((await openOf()).map(({ text }) => text)).toEqual(['账期？']);
});

it('answers no question of another account', async () => {
  const { world, log } = await aDesk();
  const question = { accountId: 'another', externalUserId: 'x', askedAt: new Date(0), answeredAt: null };
  await world.context.questions.keepAll([{ _id: 'q', text: '?', ...question }]);
  await log(aNote({ answeredQuestionIds: ['q'] }));
  expect(await world.context.questions.openOf('another')).toHaveLength(1);
});

it('keeps channel, level, participants of both sides with their titles, purpose, notes, promises and next step', async () => {
  const { anna, log } = await aDesk();
  const said = {
    channel: 'meeting',
    level: 'leadership',
    participants: [
      { side: 'theirs', name: '王建国', title: '采购总监' },
      { side: 'ours', name: '安娜', title: '' },
    ],
    purpose: '年度框架',
    notes: '价格已谈妥',
    promises: '周五前送样',
    nextStep: '送样',
    nextOn: '2026-03-13',
  };
  expect((await log({ ...aNote(), ...said })).status).toBe(200);
  expect((await log(aNote())).status).toBe(200);
  const { followUps } = (await anna.read('/api/v1/contacts/wm1/profile')) as { followUps: object[] };
  expect(followUps).toHaveLength(2);
  expect(followUps).toContainEqual(expect.objectContaining(said));
  expect(followUps).toContainEqual(expect.objectContaining({ level: null, participants: [], promises: '' }));
});

it.each([
  ['level', 'friendly'],
  ['participants', [{ side: 'theirs', name: ' ' }]],
  ['participants', [{ side: 'nobody', name: '王建国' }]],
  ['participants', Array.from({ length: 21 }, () => ({ side: 'ours', name: '安娜' }))],
  ['promises', 'x'.repeat(1001)],
])('refuses a follow-up whose %s cannot be: %j', async (field, value) => {
  const { log } = await aDesk();
  expect(await log({ ...aNote(), [field]: value })).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_body' } },
  });
});

it('refuses a promised date in the past and keeps nothing', async () => {
  const { account, log, openOf } = await aDesk();
  const { status, body } = await log(aNote({ nextOn: '2026-03-10', questions: ['?'] }));
  expect([status, body]).toMatchObject([400, { error: { code: 'date_in_the_past' } }]);
  expect(await openOf()).toEqual([]);
  expect((await account())?.lastTouchAt).toBeNull();
});

it('answers a bad mark and a new contact', async () => {
  const { world, account, log } = await aDesk();
  const at = new Date('2026-03-10T10:00:00+08:00');
  await world.context.accounts.update((await account())?._id ?? '', {
    detractorAt: at,
    newContactAt: at,
    lastTouchAt: at,
  });
  await setDue(world, '甲', { dueOn: '2026-03-11' });
  await log(aNote());
  expect(await account()).toMatchObject({ detractorAt: null, newContactAt: null, dueOn: '2026-04-01' });
});
