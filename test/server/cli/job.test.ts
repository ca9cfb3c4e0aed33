import { expect, it } from 'vitest';
import { ALL_JOBS } from '../../../jobs/all-jobs.ts';
import { jobCommand } from '../../../server/cli/job.ts';
import { aWorld } from '../../support/a-world.ts';

it('lists every job with its next time and the rule for a run that was missed', async () => {
  const { context } = await aWorld();
  const { ok, text } = await jobCommand.run(async () => context, { words: [], options: { list: true } });
  const lines = text.split('\n');
  expect([ok, lines.length]).toEqual([true, ALL_JOBS.length]);
  const lineOf = (name: string) => lines.find((line) => line.startsWith(`${name} `));
  expect(lineOf('remind-owners')).toMatch(
    /下次 \d{4}-\d\d-\d\d 09:\d\d .*上次成功 还没有 .*错过后当天 21:00 前补做$/,
  );
  expect(lineOf('sync-contacts')).toMatch(/下次 \d{4}-\d\d-\d\d 02:30 .*错过后当天补做$/);
  expect(lineOf('retry-inbox')).toMatch(/错过后不补，很快会再运行$/);
});
