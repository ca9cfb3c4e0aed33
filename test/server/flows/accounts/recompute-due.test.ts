import { expect, it } from 'vitest';
import { DEFAULT_CADENCE } from '../../../../server/domain/cadence/cadence-settings.ts';
import { DEFAULT_CALENDAR } from '../../../../server/domain/calendar.ts';
import { recomputeDue } from '../../../../server/flows/accounts/recompute-due.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';

/** Two accounts, 甲 spoken to on Monday 9 March; both dates are right by the defaults. */
async function aBook() {
  const world = await aSyncedWorld({
    corp: aTeamCorp([
      ['anna', 'wm1', '甲'],
      ['ben', 'wm2', '乙'],
    ]),
  });
  const account = await world.context.accounts.findByKey('甲');
  const lastTouchAt = new Date('2026-03-09T02:00:00Z');
  await world.context.accounts.update(account?._id ?? '', { tier: 'head', lastTouchAt, newContactAt: null });
  await recomputeDue(world.context);
  return world;
}

const dueOf = async ({ context }: LivingWorld, nameKey: string) =>
  (await context.accounts.findByKey(nameKey))?.dueOn;

const by = { by: 'olga', at: new Date('2026-03-11T02:00:00Z') };

it('moves the dates by a policy that was saved, and writes only what moved', async () => {
  const world = await aBook();
  expect(await dueOf(world, '甲')).toBe('2026-03-16');
  const head = { usual: { intervalDays: 10, minGapDays: 2 }, byStage: {} };
  const value = { ...DEFAULT_CADENCE, rhythms: { ...DEFAULT_CADENCE.rhythms, head } };
  await world.context.settings.save('cadence', { value, version: 0 }, by);
  expect(await recomputeDue(world.context)).toBe(1);
  expect(await dueOf(world, '甲')).toBe('2026-03-19');
  expect(await recomputeDue(world.context)).toBe(0);
});

it('moves the dates off a day that was declared free', async () => {
  const world = await aBook();
  const value = { ...DEFAULT_CALENDAR, freeDays: ['2026-03-16'] };
  await world.context.settings.save('calendar', { value, version: 0 }, by);
  expect(await recomputeDue(world.context)).toBe(1);
  expect(await dueOf(world, '甲')).toBe('2026-03-17');
});
