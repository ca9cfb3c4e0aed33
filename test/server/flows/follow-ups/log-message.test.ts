import { expect, it } from 'vitest';
import { aMessage } from '../../../support/a-message.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aMember } from '../../../support/a-visitor.ts';
import { aSyncedWorld } from '../../../support/a-world.ts';

const PATH = '/api/v1/contacts/wm1/messages';
const PUSH_CHECK = '/api/v1/contacts/wm1/push-check';
const PROFILE = '/api/v1/contacts/wm1/profile';

async function aDesk() {
  const world = await aSyncedWorld({
    corp: aTeamCorp([
      ['anna', 'wm1', '甲'],
      ['ben', 'wm1', '甲'],
    ]),
  });
  const [anna, ben] = [await aMember(world.origin, 'anna'), await aMember(world.origin, 'ben')];
  const account = () => world.context.accounts.findByKey('甲');
  const accountId = (await account())?._id ?? '';
  const setMarks = (marks: object) => world.context.accounts.update(accountId, marks);
  const report = async (sent: object) => {
    const answer = await (await aMember(world.origin, 'anna')).send(PATH, sent); // clocks jump, sessions end
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const kept = () => world.context.followUps.latestOf(accountId, 9);
  const audited = async () =>
    (await world.context.audit.list({ subject: 'contact:wm1', limit: 50 })).filter(
      ({ act }) => act === 'contact.message',
    );
  return { world, anna, ben, account, setMarks, report, kept, audited };
}

it('what counts as a touch: a message sent from the sidebar does, and the next date moves at once', async () => {
  const { world, anna, account, report } = await aDesk();
  const { status, body } = await report(aMessage());
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
  expect(await anna.read(PROFILE)).toMatchObject({ cadence });
});

it('shows in the history who sent what to whom, and when', async () => {
  const { world, ben, anna } = await aDesk();
  await ben.send(PATH, aMessage('  样品周五到。\n请安排收货 '));
  expect(await anna.read(PROFILE)).toMatchObject({
    followUps: [
      {
        at: world.context.now().toISOString(),
        staffName: 'ben',
        contactName: '客户wm1',
        channel: 'chat',
        purpose: '发消息',
        notes: '样品周五到。\n请安排收货',
        isMessage: true,
      },
    ],
  });
});

it('keeps only how a long message began', async () => {
  const { kept, report } = await aDesk();
  await report(aMessage('好'.repeat(1000)));
  expect(await kept()).toMatchObject([{ notes: `${'好'.repeat(200)}…` }]);
});

it('counts a message once that is reported several times', async () => {
  const { world, anna, account, report, kept, audited } = await aDesk();
  const sent = aMessage();
  await Promise.all([anna.send(PATH, sent), anna.send(PATH, sent), anna.send(PATH, sent)]);
  world.setNow('2026-03-12T10:00:00+08:00');
  expect(await report(sent)).toMatchObject({
    status: 200,
    body: { cadence: { lastTouchAt: '2026-03-11T02:00:00.000Z' } },
  });
  expect(await kept()).toHaveLength(1);
  expect((await account())?.lastTouchAt).toEqual(new Date('2026-03-11T10:00:00+08:00'));
  expect(await audited()).toHaveLength(1);
});

it('takes two messages for two, and the same request id of two members, too', async () => {
  const { anna, ben, kept } = await aDesk();
  const sent = aMessage();
  await Promise.all([anna.send(PATH, sent), anna.send(PATH, aMessage()), ben.send(PATH, sent)]);
  expect(await kept()).toHaveLength(3);
});

it('notes in the audit log who touched whom when, from and to, without a word of the text', async () => {
  const { setMarks, report, audited } = await aDesk();
  const before = new Date('2026-03-01T10:00:00+08:00');
  await setMarks({ lastTouchAt: before });
  await report(aMessage('机密'));
  const [entry] = await audited();
  const at = new Date('2026-03-11T10:00:00+08:00').toISOString();
  expect(entry).toMatchObject({ by: 'anna', from: before.toISOString(), to: at });
  expect(JSON.stringify(await audited())).not.toContain('机密');
});

it('inside the minimum gap the sidebar warns before another push: the check says so after a message, until the gap is over', async () => {
  const { world, report } = await aDesk();
  const check = async () => (await aMember(world.origin, 'anna')).read(PUSH_CHECK);
  expect(await check()).toEqual({ isTooSoon: false, welcomeFrom: null, lastTouchAt: null });
  await report(aMessage());
  const lastTouchAt = '2026-03-11T02:00:00.000Z';
  world.setNow('2026-03-17T23:59:59+08:00');
  expect(await check()).toEqual({ isTooSoon: true, welcomeFrom: '2026-03-18', lastTouchAt });
  world.setNow('2026-03-18T00:00:00+08:00');
  expect(await check()).toMatchObject({ isTooSoon: false });
});

it('is a warning and no refusal: what was sent all the same is recorded', async () => {
  const { world, report, kept } = await aDesk();
  await report(aMessage());
  world.setNow('2026-03-12T10:00:00+08:00');
  expect(await report(aMessage())).toMatchObject({
    status: 200,
    body: { cadence: { welcomeFrom: '2026-03-19', dueOn: '2026-04-02' } },
  });
  expect(await kept()).toHaveLength(2);
});

it.each([
  ['a text that says nothing', { text: ' \n ' }],
  ['a text over 1,000 characters', { text: 'x'.repeat(1001) }],
  ['no request id', { requestId: undefined }],
  ['a request id that is none', { requestId: '1' }],
])('refuses %s and keeps nothing', async (_what, changes) => {
  const { account, report, kept } = await aDesk();
  expect(await report({ ...aMessage(), ...changes })).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_body' } },
  });
  expect([await kept(), (await account())?.lastTouchAt]).toEqual([[], null]);
});

it('is described in the contract that machines read', async () => {
  const { anna } = await aDesk();
  const { paths } = (await anna.read('/api/v1/openapi.json')) as { paths: Record<string, object> };
  expect(paths['/api/v1/contacts/{externalUserId}/messages']).toMatchObject({ post: {} });
});
