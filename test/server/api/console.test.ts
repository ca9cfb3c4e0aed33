import { expect, it } from 'vitest';
import { deliver } from '../../support/a-callback.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

/** A synchronised world with olga, its administrator. */
async function aConsole() {
  const corp = aTeamCorp([
    ['anna', 'wm1', '甲公司'],
    ['ben', 'wm2', '乙公司'],
  ]);
  const world = await aSyncedWorld({ corp, settings: { ADMIN_USERIDS: 'olga' } });
  return { world, olga: await aMember(world.origin, 'olga') };
}

/** The listed event, parked with a reason. */
async function park(world: Awaited<ReturnType<typeof aConsole>>['world'], kind: string): Promise<string> {
  const at = world.context.now();
  const _id = Buffer.from(kind.padEnd(32, '.')).toString('hex').slice(0, 64);
  const event = { _id, kind, subject: 'wm1', fields: { staffId: 'anna', externalUserId: 'wm1' } };
  await world.context.inbox.keep({ ...event, happenedAt: at, receivedAt: at, state: 'failed' });
  return _id;
}

it('examines the running server: all that can fail is well', async () => {
  const { olga } = await aConsole();
  const report = (await (await olga.send('/api/v1/doctor', {})).json()) as {
    isHealthy: boolean;
    findings: { name: string; status: string }[];
    text: string;
  };
  expect(report.findings.filter(({ status }) => status === 'fail')).toEqual([]);
  expect(report).toMatchObject({ isHealthy: true, text: expect.stringContaining('✓ 回调 URL') });
  expect(report.findings.find(({ name }) => name === 'callback')?.status).toBe('ok');
});

it('sees a secret that was changed after the server got its token', async () => {
  const { world, olga } = await aConsole();
  world.platform.state.corp.agentSecret = 'a new secret';
  const answer = await olga.send('/api/v1/doctor', {});
  const text = await answer.text();
  expect(JSON.parse(text)).toMatchObject({ isHealthy: false });
  expect(text).toContain('"code":"40001"');
  expect(text).not.toContain(world.platform.credentials.agentSecret);
});

it('lists the synchronisations', async () => {
  const { olga } = await aConsole();
  expect(await olga.read('/api/v1/console/syncs')).toMatchObject({
    runs: [{ state: 'done', counts: { rows: 2 }, endedAt: expect.any(String) }],
  });
});

it('names the staff with whom something differed', async () => {
  const { world, olga } = await aConsole();
  const { syncs, now } = world.context;
  const { _id } = await syncs.begin({ isFull: true, isFirst: false }, now());
  const drift = { rows: 3, added: 1, changed: 0, lost: 0, suspicious: 0 };
  const perStaff = [
    { staffId: 'anna', ...drift },
    { staffId: 'nobody', ...drift },
  ];
  await syncs.end(
    _id,
    { state: 'stopped', warning: '请检查', perStaff, aside: [] },
    new Date(now().getTime() + 1000),
  );
  const { runs } = (await olga.read('/api/v1/console/syncs')) as { runs: { id: string }[] };
  expect(runs.find(({ id }) => id === _id)).toMatchObject({
    state: 'stopped',
    isFull: true,
    warning: '请检查',
    perStaff: [
      { staffName: 'anna', added: 1 },
      { staffName: 'nobody', added: 1 },
    ],
  });
});

it('lists failed events without their contents, and replays one until it works', async () => {
  const { world, olga } = await aConsole();
  const id = await park(world, 'change_external_contact.edit_external_contact');
  const before = (await (await olga.go('/api/v1/console/events')).text()) as string;
  expect(JSON.parse(before)).toMatchObject({ total: 1, events: [{ id, subject: 'wm1', error: null }] });
  expect(before).not.toContain('fields');

  world.platform.faults.next('externalcontact/get', { errcode: 40003 });
  const failed = await (await olga.send(`/api/v1/console/events/${id}/replay`, {})).json();
  expect(failed).toEqual({ outcome: 'failed', error: expect.stringContaining('40003') });

  const done = await (await olga.send(`/api/v1/console/events/${id}/replay`, {})).json();
  expect(done).toEqual({ outcome: 'done', error: null });
  expect(await olga.read('/api/v1/console/events')).toEqual({ total: 0, events: [] });
});

it('replays nothing that it does not know, and no id that is none', async () => {
  const { olga } = await aConsole();
  expect((await olga.send(`/api/v1/console/events/${'f'.repeat(64)}/replay`, {})).status).toBe(404);
  expect((await olga.send('/api/v1/console/events/abc/replay', {})).status).toBe(400);
});

it('lists what nobody could read, too', async () => {
  const { world, olga } = await aConsole();
  await deliver(world.origin, 'nobody can read this');
  expect(await olga.read('/api/v1/console/events')).toMatchObject({ events: [{ kind: 'unreadable' }] });
});

it('lists open notices, the latest first', async () => {
  const { world, olga } = await aConsole();
  const { notices, now } = world.context;
  const later = new Date(now().getTime() + 1000);
  await notices.raise({ kind: 'a', subject: '', text: '甲' }, now());
  await notices.raise({ kind: 'b', subject: '', text: '乙' }, later);
  await notices.raise({ kind: 'c', subject: '', text: '丙' }, later);
  await notices.resolve('c', '', later);
  const { notices: open } = (await olga.read('/api/v1/console/notices')) as { notices: { text: string }[] };
  const texts = open.map(({ text }) => text);
  expect(texts.filter((text) => ['甲', '乙', '丙'].includes(text))).toEqual(['乙', '甲']);
});
