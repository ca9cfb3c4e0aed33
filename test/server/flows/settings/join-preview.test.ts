import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../../server/domain/settings.ts';
import { joinPreview } from '../../../../server/flows/settings/join-preview.ts';
import { createLog } from '../../../../server/infra/log.ts';
import { createMemoryShared } from '../../../../server/store/db/shared.ts';

const TIERS = (head: number) => ({
  tier: { ...DEFAULT_SETTINGS.tier, rankPercent: { head, waist: 30, tail: 70 - head } },
});
const FOUND = { seen: 7, changed: 3 };

/** An office over a book of seven; what it tries is decided by hand. */
function anOffice() {
  const clock = { ms: 0 };
  const parts = {
    accounts: { countLiving: async () => 7 },
    log: createLog('silent'),
    settings: { read: async () => DEFAULT_SETTINGS },
    shared: createMemoryShared(() => clock.ms),
  };
  const context = parts as unknown as Parameters<typeof joinPreview>[0];
  return { clock, ask: (trial: ReturnType<typeof aTrial>) => joinPreview(context, trial, 0), context };
}

/** Numbers that are tried as often as `begun` tells, until `finish` or `fail`. */
function aTrial(head: number) {
  const hands = { finish: () => {}, fail: () => {} };
  const promise = new Promise<typeof FOUND>((resolve, reject) => {
    hands.finish = () => resolve(FOUND);
    hands.fail = () => reject(new Error('the book is on fire'));
  });
  const trial = {
    draft: TIERS(head),
    begun: 0,
    ...hands,
    work(tell: (seen: number) => void) {
      trial.begun += 1;
      tell(4);
      return promise;
    },
  };
  return trial;
}

it('answers a small book at once, and tries it afresh the next time', async () => {
  const { context } = anOffice();
  const trial = aTrial(20);
  trial.finish();
  expect(await joinPreview(context, trial, 60_000)).toEqual(FOUND);
  expect(await joinPreview(context, trial, 60_000)).toEqual(FOUND);
  expect(trial.begun).toBe(2);
});

it('tells how far a large book is, lets the same numbers join, and gives them what came of it', async () => {
  const { ask } = anOffice();
  const trial = aTrial(20);
  expect(await ask(trial)).toEqual({ state: 'running', seen: 4, total: 7 });
  expect(await ask(trial)).toMatchObject({ state: 'running' });
  trial.finish();
  await expect.poll(() => ask(trial)).toEqual(FOUND);
  expect(trial.begun).toBe(1);
});

it('runs one at a time: other numbers wait, and begin when it is done', async () => {
  const { ask } = anOffice();
  const [first, second] = [aTrial(20), aTrial(25)];
  await ask(first);
  expect(await ask(second)).toMatchObject({ state: 'waiting' });
  expect(second.begun).toBe(0);
  first.finish();
  await expect.poll(() => ask(second)).toMatchObject({ state: 'running' });
  expect(second.begun).toBe(1);
});

it('keeps what came of it for two minutes', async () => {
  const { ask, clock } = anOffice();
  const trial = aTrial(20);
  await ask(trial);
  trial.finish();
  await expect.poll(() => ask(trial)).toEqual(FOUND);
  clock.ms += 119_999;
  expect(await ask(trial)).toEqual(FOUND);
  expect(trial.begun).toBe(1);
  clock.ms += 1;
  await ask(trial);
  expect(trial.begun).toBe(2);
});

it('says that it broke off, once, and begins again when asked again', async () => {
  const { ask } = anOffice();
  const trial = aTrial(20);
  await ask(trial);
  trial.fail();
  const code = () =>
    ask(trial).then(
      () => '',
      (error: { code: string }) => error.code,
    );
  await expect.poll(code).toBe('preview_failed');
  const again = aTrial(20);
  expect(await ask(again)).toMatchObject({ state: 'running' });
  expect(again.begun).toBe(1);
});

it('begins again thirty seconds after the process that tried it is gone', async () => {
  const { ask, clock, context } = anOffice();
  const dead = JSON.stringify({ key: 'of a process that ended', seen: 0, total: 7 });
  await context.shared.setIfAbsent('preview:running', dead, 30_000);
  const trial = aTrial(20);
  expect(await ask(trial)).toMatchObject({ state: 'waiting' });
  clock.ms += 30_000;
  expect(await ask(trial)).toMatchObject({ state: 'running' });
});
