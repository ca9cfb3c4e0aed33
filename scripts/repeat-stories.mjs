/**
 * Plays the whole stories at all their clocks, again and again, on a machine that is kept busy: what passes once may still depend on hour, day or load.
 * `npm run stories -- [--times 20] [--idle]`; ends with 0 only when every time passed.
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '20' }, idle: { type: 'boolean', default: false } },
});
const times = Number(values.times);
if (!Number.isInteger(times) || times < 1) {
  process.stderr.write('--times takes a whole number from 1, such as 20\n');
  process.exit(2);
}

const burners = Array.from(
  { length: values.idle ? 0 : availableParallelism() },
  () => new Worker('for (;;) Math.sqrt(Math.random());', { eval: true }),
);

let failed = 0;
for (let time = 1; time <= times; time += 1) {
  const startedAt = Date.now();
  const { status, stdout } = spawnSync(
    'npx',
    ['vitest', 'run', 'test/end-to-end/whole-job.test.ts', 'test/end-to-end/sandbox.test.ts'],
    { encoding: 'utf8', env: { ...process.env, GENJIN_BUILT: '1', NO_COLOR: '1', STORIES: 'all' } },
  );
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(`${time}/${times} ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`);
  if (status === 0) continue;
  failed += 1;
  process.stdout.write(stdout);
}
await Promise.all(burners.map((burner) => burner.terminate()));
process.stdout.write(`stories: ${times - failed} of ${times} passed\n`);
process.exit(failed === 0 ? 0 : 1);
