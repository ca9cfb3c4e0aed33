import { expect, it } from 'vitest';
import { syncContactsJob, syncContactsJobWith } from '../../../../jobs/sync-contacts.ts';
import type { SandboxStaff } from '@genjin/wecom-sandbox';
import { aTeamCorp, type Following } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';

/** More than half of the corp's customers stay with anna, so that the whole book is never in doubt. */
const customers = (ben: number): Following[] => [
  ...Array.from({ length: 60 }, (_, n): Following => ['anna', `wmA${n}`, `甲${n}`]),
  ...Array.from({ length: ben }, (_, n): Following => ['ben', `wmB${n}`, `乙${n}`]),
];
const change = (world: LivingWorld, fields: Partial<SandboxStaff>) => {
  world.setNow('2026-03-12T02:30:00+08:00');
  for (const member of world.platform.state.corp.staff)
    if (member.userid === 'ben') Object.assign(member, fields);
};
const activeOf = async ({ context }: LivingWorld) =>
  (await context.relations.countActiveByStaff()).get('ben') ?? 0;

it('loses nobody of a member whom somebody took out of the visible range by mistake', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(customers(21)) });
  change(world, { isVisible: false });
  expect(await world.run(syncContactsJob)).toMatchObject({ lost: 0, suspicious: 21 });
  expect(await activeOf(world)).toBe(21);
  expect((await world.context.notices.open()).map(({ kind }) => kind)).toContain('sync-suspicious');
  change(world, { isVisible: true });
  expect(await world.run(syncContactsJob)).toMatchObject({ lost: 0, suspicious: 0 });
  expect((await world.context.notices.open()).map(({ kind }) => kind)).not.toContain('sync-suspicious');
});

it('believes that a few are gone', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(customers(20)) });
  change(world, { isVisible: false });
  expect(await world.run(syncContactsJob)).toMatchObject({ lost: 20, suspicious: 0 });
});

it('believes it when somebody says that it is right', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(customers(21)) });
  change(world, { isVisible: false });
  const accepting = syncContactsJobWith({ acceptsLosses: true });
  expect(await world.run(accepting)).toMatchObject({ lost: 21, suspicious: 0 });
});

it.each([
  ['left', { status: 5, isVisible: false }],
  ['is disabled', { status: 2, hasCustomers: false }],
] as const)('believes it of a member who %s', async (_, fields) => {
  const world = await aSyncedWorld({ corp: aTeamCorp(customers(21)) });
  change(world, fields);
  expect(await world.run(syncContactsJob)).toMatchObject({ lost: 21, suspicious: 0 });
});
