import { describe, expect, it } from 'vitest';
import { applySettingsJob } from '../../../../jobs/apply-settings.ts';
import { escalateOverdueJob } from '../../../../jobs/escalate-overdue.ts';
import { syncContactsJob } from '../../../../jobs/sync-contacts.ts';
import { watchAccountsJob } from '../../../../jobs/watch-accounts.ts';
import { spreadDays } from '../../../../server/domain/cadence/go-live.ts';
import { beginGoLive } from '../../../../server/flows/settings/begin-go-live.ts';
import { aNote } from '../../../support/a-note.ts';
import { notifiedTo } from '../../../support/due-world.ts';
import { aTeamCorp, type Following } from '../../../support/a-team-corp.ts';
import { aMember } from '../../../support/a-visitor.ts';
import { aWorld } from '../../../support/a-world.ts';

/** Wednesday 11 March 2026 is the first day: fifteen accounts of anna's and five of ben's, all known for long. */
async function aFirstDay() {
  const followings = Array.from({ length: 20 }, (_, n): Following => [
    n < 15 ? 'anna' : 'ben',
    `wm${n}`,
    `公司${n}`,
  ]);
  const world = await aWorld({ corp: aTeamCorp(followings) });
  await world.run(syncContactsJob);
  const accounts = async (ownerId: string) => {
    const all = [];
    for await (const account of world.context.accounts.all())
      if (account.ownerId === ownerId) all.push(account);
    return all.toSorted((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1));
  };
  const goLive = async () => (await world.context.settings.readSection('goLive')).value.day;
  return { world, accounts, goLive };
}

describe('the first successful synchronisation', () => {
  it('is the go-live day, and what was owed before it is spread over the first 20 working days, for each member evenly', async () => {
    const { accounts, goLive } = await aFirstDay();
    expect(await goLive()).toBe('2026-03-11');
    const days = spreadDays('2026-03-11');
    expect([days.length, days[0], days.at(-1)]).toEqual([20, '2026-03-11', '2026-04-08']);
    const annas = (await accounts('anna')).map(({ dueOn }) => dueOn);
    expect(new Set(annas).size).toBe(15);
    expect(annas.every((day) => days.includes(day ?? ''))).toBe(true);
    const bens = (await accounts('ben')).map(({ dueOn }) => dueOn);
    expect(bens).toEqual([days[0], days[4], days[8], days[12], days[16]]);
  });

  it('neither warns nor escalates what is older, even when its day has passed; what comes after it does', async () => {
    const { world, accounts } = await aFirstDay();
    const [first] = await accounts('anna');
    await world.context.accounts.update(first?._id ?? '', { tier: 'head' });
    world.setNow('2026-05-11T09:05:00+08:00');
    await world.run(watchAccountsJob);
    await world.run(escalateOverdueJob);
    const kinds = async () =>
      (await world.context.warnings.ofAccounts([first?._id ?? ''], world.context.now())).map(
        ({ kind }) => kind,
      );
    expect(await kinds()).toEqual(['single_threaded']);
    expect(notifiedTo(world, 'lena')).toEqual([]);
    const anna = await aMember(world.origin, 'anna');
    await anna.send(`/api/v1/accounts/${first?._id}/follow-ups`, aNote({ outcome: 'talked' }));
    world.setNow('2026-06-11T09:05:00+08:00');
    await world.run(watchAccountsJob);
    await world.run(escalateOverdueJob);
    expect(await kinds()).toContain('follow_up_high_risk');
    expect(notifiedTo(world, 'lena')).toEqual([expect.stringContaining('团队有 1 位客户')]);
  });

  it('deals the heaviest out first: a detractor, then a promise, then by tier', async () => {
    const { world, accounts } = await aFirstDay();
    const { context } = world;
    const [a = '', b = '', c = ''] = (await accounts('ben')).toReversed().map(({ _id }) => _id);
    const at = new Date('2026-03-02T10:00:00+08:00');
    const touched = { lastTouchAt: at, newContactAt: null };
    await context.accounts.update(a, { ...touched, detractorAt: at });
    await context.accounts.update(b, { ...touched, promisedOn: '2026-03-04' });
    await context.accounts.update(c, { tier: 'head' });
    const { version } = await context.settings.readSection('goLive');
    const by = { by: 'olga', at: context.now() };
    await context.settings.save('goLive', { value: { day: '2026-03-16' }, version }, by);
    await world.run(applySettingsJob);
    const days = spreadDays('2026-03-16');
    expect((await accounts('ben')).slice(0, 3).map(({ _id, dueOn }) => [_id, dueOn])).toEqual([
      [a, days[0]],
      [b, days[4]],
      [c, days[8]],
    ]);
  });

  it('leaves who has a day where they are, and takes up who comes to be known later from that day on', async () => {
    const { world, accounts } = await aFirstDay();
    const before = (await accounts('anna')).map(({ _id, dueOn }) => [_id, dueOn]);
    world.setNow('2026-05-11T10:00:00+08:00');
    const [late] = await world.context.accounts.findOrCreateMany([
      {
        nameKey: '老客户',
        beginning: { name: '老客户', ownerId: 'carl', knownSince: new Date('2024-01-02T00:00:00Z') },
      },
    ]);
    const { version } = await world.context.settings.readSection('cadence');
    const { cadence } = await world.context.settings.read();
    const by = { by: 'olga', at: world.context.now() };
    await world.context.settings.save('cadence', { value: cadence, version }, by);
    await world.run(applySettingsJob);
    expect((await accounts('anna')).map(({ _id, dueOn }) => [_id, dueOn])).toEqual(before);
    expect((await world.context.accounts.find(late?._id ?? ''))?.dueOn).toBe('2026-05-11');
  });

  it('sets the day once, and never over one that somebody chose', async () => {
    const { world, goLive } = await aFirstDay();
    world.setNow('2026-03-20T10:00:00+08:00');
    expect(await beginGoLive(world.context)).toBe(false);
    await world.run(syncContactsJob);
    expect(await goLive()).toBe('2026-03-11');
  });
});

it('after an update it is the day of the oldest follow-up, if that was before any synchronisation', async () => {
  const world = await aWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });
  const { context } = world;
  expect(await beginGoLive(context)).toBe(false);
  const talk = { accountId: 'a1', externalUserId: null, staffId: 'anna', channel: 'call' as const };
  const said = { purpose: '', notes: '', nextStep: '', nextOn: null, outcome: null, isTouch: true };
  const at = new Date('2025-11-03T10:00:00+08:00');
  await context.followUps.keep({ _id: 'f1', ...talk, ...said, at });
  expect(await beginGoLive(context)).toBe(true);
  expect((await context.settings.readSection('goLive')).value).toEqual({ day: '2025-11-03' });
});
