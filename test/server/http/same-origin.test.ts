import { expect, it } from 'vitest';
import { sameOriginOnly } from '../../../server/http/read-caller.ts';
import { aTinyApp } from '../../support/tiny-app.ts';

const PUBLIC_URL = 'https://crm.example.com';
const anApp = () => aTinyApp(sameOriginOnly(PUBLIC_URL), (ctx) => void (ctx.body = 'changed'));

it.each([
  ['our own pages', PUBLIC_URL],
  ['a caller that is no page', ''],
])('a change from %s goes through', async (_, origin) => {
  const { send } = await anApp();
  const answer = await send('/x', { method: 'POST', headers: origin ? { origin } : {} });
  expect([answer.status, await answer.text()]).toEqual([200, 'changed']);
});

it('a change from a page served under the address it talks to goes through', async () => {
  const { send, origin } = await anApp();
  expect((await send('/x', { method: 'POST', headers: { origin } })).status).toBe(200);
});

it.each([
  'https://evil.example.com',
  'http://crm.example.com',
  'https://crm.example.com:8443',
  'https://crm.example.com.evil.com',
  'null',
  'nonsense',
])('a change from %s is refused', async (origin) => {
  const { send } = await anApp();
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await send('/x', { method, headers: { origin } });
    expect([answer.status, await answer.json()]).toMatchObject([403, { error: { code: 'foreign_origin' } }]);
  }
});

it('reading is free', async () => {
  const { send } = await anApp();
  expect((await send('/x', { headers: { origin: 'https://evil.example.com' } })).status).toBe(200);
});
