import { expect, it } from 'vitest';
import { limitTime, type Patience } from '../../../server/http/deadline.ts';
import { aGate } from '../../support/a-gate.ts';
import { aTinyApp } from '../../support/tiny-app.ts';

/** An app whose answer waits for a gate. */
async function aSlowApp(patience: Patience, isAlive: boolean) {
  const gate = aGate();
  const asked = { times: 0 };
  const guard = limitTime({
    patienceOf: () => patience,
    isAlive: async () => {
      asked.times += 1;
      if (asked.times === 3) gate.open();
      return isAlive;
    },
  });
  const app = await aTinyApp(guard, async (ctx) => {
    await gate.passed;
    ctx.body = 'late, but here';
  });
  return { ...app, gate, asked };
}

it('tells at once when the database does not answer', async () => {
  const { send, asked } = await aSlowApp({ patienceMs: 10, longestMs: 60_000 }, false);
  const answer = await send('/');
  expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toMatchObject([
    503,
    '5',
    { error: { code: 'database_away' } },
  ]);
  expect(asked.times).toBeLessThan(3);
});

it('waits for long work while the database answers', async () => {
  const { send } = await aSlowApp({ patienceMs: 10, longestMs: 60_000 }, true);
  const answer = await send('/');
  expect([answer.status, await answer.text()]).toEqual([200, 'late, but here']);
});

it('waits not for ever', async () => {
  const { send } = await aSlowApp({ patienceMs: 10, longestMs: 10 }, true);
  const answer = await send('/');
  expect([answer.status, await answer.json()]).toMatchObject([503, { error: { code: 'too_slow' } }]);
});

it('tells of an error of its own as it is', async () => {
  const guard = limitTime({
    patienceOf: () => ({ patienceMs: 1000, longestMs: 1000 }),
    isAlive: async () => true,
  });
  const { send } = await aTinyApp(guard, () => {
    throw Object.assign(new Error('x'), { name: 'MongoServerSelectionError' });
  });
  const answer = await send('/');
  expect([answer.status, await answer.json()]).toMatchObject([503, { error: { code: 'database_away' } }]);
});
