import { expect, it } from 'vitest';
import { eventsCommand } from '../../../server/cli/events.ts';
import { replayCommand } from '../../../server/cli/replay.ts';
import { contactXml, deliver } from '../../support/a-callback.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aWorld, type LivingWorld } from '../../support/a-world.ts';

const START = Date.parse('2026-03-11T10:00:00+08:00');
const at = (seconds: number) => new Date(START + seconds * 1000);
const CUSTOMER = 'wmAJ2GCAAAXtWyujaWJHDDGi0mACH71w';
const ADD = 'change_external_contact.add_external_contact';

/** A failed addition, and an event of the app that was done, an hour ago. */
async function anInbox(): Promise<LivingWorld> {
  const world = await aWorld({ corp: aTeamCorp([['anna', CUSTOMER, '启明精密']]) });
  world.platform.faults.next('externalcontact/get', { errcode: 40058 });
  const added = { at: at(0).toISOString(), UserID: 'anna', ExternalUserID: CUSTOMER, WelcomeCode: 'secret' };
  await deliver(world.origin, contactXml('add_external_contact', added));
  await world.settled();
  world.platform.actions.tapMenu({ userid: 'anna', key: 'nothing' });
  await world.settled();
  world.setNow(at(3600));
  return world;
}
const run = ({ context }: LivingWorld, options: Record<string, string | boolean> = {}) =>
  eventsCommand.run(async () => context, { words: [], options });

it('shows when, how, how often, what, about whom and why not, the newest first', async () => {
  const { text } = await run(await anInbox());
  const [done = '', failed = '', ...rest] = text.split('\n');
  expect(rest).toEqual([]);
  expect(done).toMatch(/^[0-9a-f]{16} +60分前 +done +×1 {2}click {2}a…a$/);
  expect(failed).toMatch(
    /60分前 {2}failed {3}×1 {2}change_external_contact\.add_external_contact {2}wmAJ…H71w {2}/,
  );
  expect(failed).toContain('40058');
  expect(text).not.toContain('secret');
});

it('tells machines the same, without what happened and without whole userids', async () => {
  const world = await anInbox();
  const { ok, data } = await run(world);
  expect(ok).toBe(true);
  expect(data).toMatchObject([
    { kind: 'click', subject: 'a…a', state: 'done', tries: 1, ageSeconds: 3600, error: null, dueAt: null },
    { kind: ADD, subject: CUSTOMER, state: 'failed', error: expect.stringContaining('40058') },
  ]);
  expect(JSON.stringify(data)).not.toMatch(/anna|secret|fields/);
});

it('shows those of one state, or of one kind, or so many', async () => {
  const world = await anInbox();
  const kinds = async (options: Record<string, string>) =>
    ((await run(world, options)).data as { kind: string }[]).map(({ kind }) => kind);
  expect(await kinds({ state: 'failed' })).toEqual([ADD]);
  expect(await kinds({ kind: 'click' })).toEqual(['click']);
  expect(await kinds({ kind: 'click', state: 'failed' })).toEqual([]);
  expect(await kinds({ limit: '1' })).toEqual(['click']);
  expect((await run(world, { state: 'working' })).text).toBe('没有事件');
});

it.each([{ state: 'broken' }, { limit: '0' }, { limit: 'many' }])('does not take %o', async (options) => {
  const world = await aWorld();
  await expect(run(world, options)).rejects.toThrow(/takes/);
});

it('replays what failed, and says how it went', async () => {
  const world = await anInbox();
  const replay = () => replayCommand.run(async () => world.context, { words: [], options: { failed: true } });
  expect(await replay()).toMatchObject({ ok: true, data: { replayed: 1, done: 1, failed: 0 } });
  expect(await replay()).toMatchObject({ ok: true, data: { replayed: 0 } });
  expect(await world.context.contacts.find(CUSTOMER)).toMatchObject({ isPlaced: true });
});
