import { expect, it } from 'vitest';
import { aVisitor } from '../../support/a-visitor.ts';
import type { LivingWorld } from '../../support/a-world.ts';
import { anAskedWorld, aRecognised } from '../../support/nps-world.ts';

/** A browser that forgets every cookie; the person holds the phone all the same. */
function forgetful({ origin }: LivingWorld, person: string) {
  const hop = (path: string) => aVisitor(origin, person).go(path);
  return async (path: string, most = 12): Promise<{ answer: Response; hops: number }> => {
    let url = new URL(path, origin);
    for (let hops = 0; hops < most; hops += 1) {
      const answer = await hop(url.href);
      const next = answer.headers.get('location');
      if (!next) return { answer, hops };
      url = new URL(next, url);
    }
    throw new Error(`${path} redirects for ever`);
  };
}

it('shows the survey to nobody else: not to staff, strangers, or contacts who were not asked', async () => {
  const { world, campaign } = await anAskedWorld();
  world.platform.actions.addCustomer({ userid: 'anna', externalUserId: 'wmStranger' });
  for (const person of ['staff:anna', 'customer:wmStranger']) {
    const { answer } = await aVisitor(world.origin, person).follow(`/s/c/${campaign._id}`);
    expect([answer.status, await answer.json()]).toMatchObject([403, { error: { code: 'not_invited' } }]);
  }
  const elsewhere = await aVisitor(world.origin, 'customer:wm1').follow('/s/c/another');
  expect(elsewhere.answer.status).toBe(403);
});

it('takes a code only from whom it sent away, and sends others away once more', async () => {
  const { world, campaign } = await anAskedWorld();
  const customer = aVisitor(world.origin, 'customer:wm1');
  const away = await customer.go(`/s/c/${campaign._id}`);
  const back = await customer.go(away.headers.get('location') ?? '');
  const withCode = back.headers.get('location') ?? '';
  const stranger = await aVisitor(world.origin).go(withCode);
  expect([stranger.status, stranger.headers.get('location')]).toEqual([302, `/s/c/${campaign._id}?again=1`]);
  expect((await customer.go(withCode)).headers.get('location')).toMatch(/^\/s\/[^c]/);
  const { url } = await customer.follow(withCode);
  expect(url.pathname).toMatch(/^\/s\/[^c]/);
});

it('ends without cookies on a page that says what to do, with a way to begin anew', async () => {
  const { world, campaign } = await anAskedWorld();
  const { answer, hops } = await forgetful(world, 'customer:wm1')(`/s/c/${campaign._id}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
  const page = await answer.text();
  expect(page).toContain('Cookie');
  expect(page).toContain(`href="/s/c/${campaign._id}">再试一次</a>`);
  expect(hops).toBeLessThanOrEqual(6);
});

it.each(['state=abc', 'code=&state=abc', 'code=a&code=b&state=abc', `code=${'x'.repeat(513)}&state=abc`])(
  'ends with a page when WeCom sends somebody back with %s',
  async (query) => {
    const { world, campaign } = await anAskedWorld();
    const { answer, hops } = await forgetful(world, 'customer:wm1')(`/s/c/${campaign._id}?${query}`);
    expect([answer.status, hops]).toEqual([403, 0]);
    expect(await answer.text()).toContain('再试一次');
  },
);

it('recognises in WeChat who opens the address of a questionnaire, and turns others away', async () => {
  const { world, campaign, token } = await anAskedWorld();
  const headers = { 'user-agent': 'Mozilla/5.0 (iPhone) MicroMessenger/8.0.40' };
  const page = async (person: string, init = { headers }) => {
    const answer = await aVisitor(world.origin, person).go(`/s/${token}`, init);
    return answer.headers.get('location');
  };
  expect(await page('customer:wm1')).toBe(`/s/c/${campaign._id}`);
  expect(
    await page('customer:wm1', { headers: { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0)' } }),
  ).toBeNull();
  const customer = await aRecognised(world, campaign);
  expect((await customer.go(`/s/${token}`, { headers })).headers.get('location')).toBeNull();
  expect((await aVisitor(world.origin).go('/s/unknown', { headers })).headers.get('location')).toBeNull();
});
