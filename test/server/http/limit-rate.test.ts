import { expect, it } from 'vitest';
import { limitRate } from '../../../server/http/limit-rate.ts';
import { createMemoryShared } from '../../../server/store/db/shared.ts';
import { aTinyApp } from '../../support/tiny-app.ts';

/** An app with two groups of routes and a clock that is pushed by hand. */
async function anApp() {
  const clock = { ms: 0 };
  const shared = createMemoryShared(() => clock.ms);
  const surveys = limitRate(shared, { group: 'survey', perMinute: 3 });
  const auth = limitRate(shared, { group: 'auth', perMinute: 1 });
  const app = await aTinyApp(
    (ctx, next) => (ctx.path.startsWith('/auth') ? auth(ctx, next) : surveys(ctx, next)),
    (ctx) => void (ctx.body = 'fine'),
  );
  const statuses = async (path: string, times: number) => {
    const found: number[] = [];
    for (let n = 0; n < times; n += 1) found.push((await app.send(path)).status);
    return found;
  };
  return { ...app, clock, statuses };
}

it('lets so many requests a minute through, and tells the next when to come again', async () => {
  const { statuses, send } = await anApp();
  expect(await statuses('/s', 4)).toEqual([200, 200, 200, 429]);
  const refused = await send('/s');
  expect(refused.headers.get('retry-after')).toBe('60');
  expect(await refused.json()).toMatchObject({ error: { code: 'too_many_requests' } });
});

it('opens again after a minute', async () => {
  const { statuses, clock } = await anApp();
  await statuses('/s', 5);
  clock.ms += 59_999;
  expect(await statuses('/s', 1)).toEqual([429]);
  clock.ms += 1;
  expect(await statuses('/s', 1)).toEqual([200]);
});

it('counts each group of routes by itself', async () => {
  const { statuses } = await anApp();
  expect(await statuses('/auth', 2)).toEqual([200, 429]);
  expect(await statuses('/s', 1)).toEqual([200]);
});
