import { expect, it } from 'vitest';
import { notifyWarningsJob } from '../../../jobs/notify-warnings.ts';
import { watchAccountsJob } from '../../../jobs/watch-accounts.ts';
import { setDue, notifiedTo } from '../../support/due-world.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

type Page = {
  warnings: { id: string; kind: string; level: string; state: string; link: string }[];
  nextBefore: string | null;
};

/** anna has a head account, three working days late on Wednesday, with one contact. */
async function aWatchedWorld() {
  const world = await aSyncedWorld({
    corp: aTeamCorp([['anna', 'wm1', '甲']]),
    settings: { ADMIN_USERIDS: 'olga' },
  });
  const accountId = await setDue(world, '甲', { dueOn: '2026-03-06', tier: 'head' });
  return { ...world, world, accountId };
}

it('raises, shows, tells once, is taken on and resolved, and comes no second time', async () => {
  const { world, accountId, origin, run, setNow, context } = await aWatchedWorld();
  expect(await run(watchAccountsJob)).toEqual({ seen: 1, raised: 2, resolved: 0 });
  expect(await run(watchAccountsJob)).toEqual({ seen: 1, raised: 0, resolved: 0 });
  await run(notifyWarningsJob);
  await run(notifyWarningsJob);
  expect(notifiedTo(world, 'anna')).toEqual([expect.stringMatching(/^【客户预警】2 条\n/)]);
  const anna = await aMember(origin, 'anna');
  const { warnings } = (await anna.read('/api/v1/warnings')) as Page;
  expect(warnings.map(({ kind }) => kind).sort()).toEqual(['follow_up_overdue', 'single_threaded']);
  expect(warnings[0]?.link).toBe(`${origin}/sidebar/?contact=wm1`);
  const late = warnings.find(({ kind }) => kind === 'follow_up_overdue');
  const act = (name: string, note: string) =>
    anna
      .send(`/api/v1/warnings/${late?.id}/${name}`, { note })
      .then(async (answer) => [answer.status, await answer.json()]);
  expect(await act('acknowledge', '今天去拜访')).toMatchObject([
    200,
    { state: 'acknowledged', note: '今天去拜访' },
  ]);
  expect(await act('resolve', '')).toMatchObject([400, { error: { code: 'invalid_body' } }]);
  expect(await act('resolve', '已拜访')).toMatchObject([200, { resolvedBy: { staffId: 'anna' } }]);
  expect(await act('resolve', '再次')).toMatchObject([409, { error: { code: 'warning_resolved' } }]);
  expect(await context.audit.list({ subject: `account:${accountId}`, limit: 5 })).toMatchObject([
    { act: 'warning.resolved', by: 'anna' },
    { act: 'warning.acknowledged', by: 'anna' },
  ]);
  setNow('2026-03-12T10:00:00+08:00');
  expect(await run(watchAccountsJob)).toEqual({ seen: 1, raised: 0, resolved: 0 });
});

it('resolves by itself once the facts no longer hold', async () => {
  const { world, run, context } = await aWatchedWorld();
  await run(watchAccountsJob);
  await setDue(world, '甲', { dueOn: '2026-04-01', tier: 'waist' });
  expect(await run(watchAccountsJob)).toEqual({ seen: 1, raised: 0, resolved: 2 });
  expect(await context.warnings.untoldStaff()).toEqual([]);
});

it('shows a team to its manager, everything to administrators, and nobody else anything', async () => {
  const { origin, run } = await aWatchedWorld();
  await run(watchAccountsJob);
  const count = async (name: string, query: string) => {
    const answer = await (await aMember(origin, name)).go(`/api/v1/warnings?${query}`);
    return answer.ok ? ((await answer.json()) as Page).warnings.length : answer.status;
  };
  expect(await count('lena', 'scope=team')).toBe(2);
  expect(await count('lena', 'scope=own')).toBe(0);
  expect(await count('lena', 'scope=all')).toBe(403);
  expect(await count('mark', 'scope=team')).toBe(0);
  expect(await count('olga', 'scope=all&kind=single_threaded')).toBe(1);
  expect(await count('olga', 'scope=all&state=resolved')).toBe(0);
});

it('gives the gravest first, a page after the other, and refuses a place that no page gave', async () => {
  const { origin, run } = await aWatchedWorld();
  await run(watchAccountsJob);
  const anna = await aMember(origin, 'anna');
  const read = async (query: string) => (await anna.read(`/api/v1/warnings?${query}`)) as Page;
  const all = await read('');
  const first = await read('limit=1');
  const second = await read(`limit=1&before=${encodeURIComponent(first.nextBefore ?? '')}`);
  expect([...first.warnings, ...second.warnings]).toEqual(all.warnings);
  const levels = ['high', 'medium', 'low'];
  const ranks = all.warnings.map(({ level }) => levels.indexOf(level));
  expect(ranks).toEqual(ranks.toSorted());
  for (const before of ['yesterday', '2026-03-11T02:00:00.000Z_w1', 'grave_2026-03-11T02:00:00.000Z_w1']) {
    const answer = await anna.go(`/api/v1/warnings?before=${before}`);
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'invalid_before' } }]);
  }
});
