import { expect, it } from 'vitest';
import { escalateOverdueJob } from '../../../../jobs/escalate-overdue.ts';
import { setDue, notifiedTo } from '../../../support/due-world.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';

/** A Thursday. */
const NINE = '2026-03-12T09:05:00+08:00';
/** Three working days before it. */
const LONG_DUE = '2026-03-09';

/** anna and ben are led by lena, carl by mark. */
async function aLateWorld(): Promise<LivingWorld> {
  const world = await aSyncedWorld({
    corp: aTeamCorp([
      ['anna', 'wm1', '甲'],
      ['ben', 'wm2', '乙'],
      ['carl', 'wm3', '丙'],
    ]),
    settings: { ADMIN_USERIDS: 'olga' },
  });
  world.setNow(NINE);
  for (const name of ['甲', '乙', '丙']) await setDue(world, name, { dueOn: '2027-01-04' });
  return world;
}

it('escalation: owner on the day, manager after 3 working days, not after two', async () => {
  const world = await aLateWorld();
  await setDue(world, '甲', { dueOn: LONG_DUE });
  await setDue(world, '乙', { dueOn: '2026-03-10' });
  await world.run(escalateOverdueJob);
  const [text = '', ...more] = notifiedTo(world, 'lena');
  expect(more).toEqual([]);
  expect(text).toContain('【逾期升级】团队有 1 位客户的跟进逾期较久');
  expect(text).toMatch(/甲<\/a>（未分层，anna，逾期 3 个工作日）/);
  expect(notifiedTo(world, 'mark')).toEqual([]);
});

it('tells of each once for the date that was missed, and again for the next one', async () => {
  const world = await aLateWorld();
  await setDue(world, '甲', { dueOn: LONG_DUE });
  await world.run(escalateOverdueJob);
  await world.run(escalateOverdueJob);
  world.setNow('2026-03-13T09:05:00+08:00');
  await setDue(world, '乙', { dueOn: '2026-03-10' });
  await world.run(escalateOverdueJob);
  const texts = notifiedTo(world, 'lena');
  expect(texts).toHaveLength(2);
  expect(texts[1]).toContain('乙');
  expect(texts[1]).not.toContain('甲');
  await setDue(world, '甲', { dueOn: '2026-03-11' });
  world.setNow('2026-03-17T09:05:00+08:00');
  await world.run(escalateOverdueJob);
  expect(notifiedTo(world, 'lena')[2]).toContain('甲');
});

it('puts head accounts first, then the longest overdue', async () => {
  const world = await aLateWorld();
  await setDue(world, '甲', { dueOn: '2026-03-02', tier: 'tail' });
  await setDue(world, '乙', { dueOn: LONG_DUE, tier: 'head' });
  await world.run(escalateOverdueJob);
  expect(notifiedTo(world, 'lena')[0]).toMatch(/乙[^]*甲/);
});

it('goes by the days that the house has set', async () => {
  const world = await aLateWorld();
  const { settings } = world.context;
  const { cadence } = await settings.read();
  const escalation = { managerAfterDays: 5, highRiskAfterDays: 7 };
  const value = { ...cadence, escalation };
  await settings.save('cadence', { value, version: 0 }, { by: 'olga', at: world.context.now() });
  await setDue(world, '甲', { dueOn: LONG_DUE });
  await world.run(escalateOverdueJob);
  expect(notifiedTo(world, 'lena')).toEqual([]);
});

it('tells nobody on a day off', async () => {
  const world = await aLateWorld();
  await setDue(world, '甲', { dueOn: LONG_DUE });
  world.setNow('2026-03-14T09:05:00+08:00');
  expect(await world.run(escalateOverdueJob)).toEqual({ free_day: 1 });
  expect(notifiedTo(world, 'lena')).toEqual([]);
});

it('tells again what WeCom certainly refused', async () => {
  const world = await aLateWorld();
  await setDue(world, '甲', { dueOn: LONG_DUE });
  world.platform.faults.next('message/send', { errcode: 81013 });
  expect(await world.run(escalateOverdueJob)).toMatchObject({ failed: 1 });
  expect(await world.run(escalateOverdueJob)).toMatchObject({ done: 1, failed: 0 });
  expect(notifiedTo(world, 'lena')).toHaveLength(1);
});
