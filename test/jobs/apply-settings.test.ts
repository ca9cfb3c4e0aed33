import { expect, it } from 'vitest';
import { applySettingsJob } from '../../jobs/apply-settings.ts';
import { DEFAULT_SETTINGS } from '../../server/domain/settings.ts';
import { aTeamCorp } from '../support/a-team-corp.ts';
import { aSyncedWorld } from '../support/a-world.ts';

it('acts once on each section that was saved: due dates after cadence, classes after tier', async () => {
  const { context, run, setNow } = await aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });
  const { settings, runs, now } = context;
  const by = () => ({ by: 'olga', at: now() });
  expect(await run(applySettingsJob)).toEqual({ applied: 0, moved: 0, failed: 0 });

  await settings.save('playbook', { value: DEFAULT_SETTINGS.playbook, version: 0 }, by());
  expect(await run(applySettingsJob)).toEqual({ applied: 1, moved: 0, failed: 0 });
  expect(await runs.find('classify-accounts')).toBeNull();

  await settings.save('tier', { value: { ...DEFAULT_SETTINGS.tier, windowMonths: 24 }, version: 0 }, by());
  await settings.save('cadence', { value: DEFAULT_SETTINGS.cadence, version: 0 }, by());
  setNow('2026-03-11T10:05:00+08:00');
  expect(await run(applySettingsJob)).toEqual({ applied: 2, moved: 0, failed: 0 });
  expect((await runs.find('classify-accounts'))?.error).toBeNull();
  expect(await run(applySettingsJob)).toEqual({ applied: 0, moved: 0, failed: 0 });

  await settings.save('tier', { value: DEFAULT_SETTINGS.tier, version: 1 }, by());
  expect(await settings.unapplied()).toEqual([{ name: 'tier', version: 2 }]);
});
