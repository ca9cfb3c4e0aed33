import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';

const START = '2026-03-10T02:00:00.000Z';

it('moves ahead, to a moment, and back, while time goes on', async () => {
  const { platform, clock } = await openSmall();
  expect(platform.clock.now().toISOString()).toBe(START);
  platform.clock.advance(3600);
  expect(platform.clock.now().toISOString()).toBe('2026-03-10T03:00:00.000Z');
  clock.pass(60);
  expect(platform.clock.now().toISOString()).toBe('2026-03-10T03:01:00.000Z');
  platform.clock.set('2026-12-31T16:00:00.000Z');
  expect(platform.clock.now().toISOString()).toBe('2026-12-31T16:00:00.000Z');
  platform.clock.reset();
  expect(platform.clock.now().toISOString()).toBe('2026-03-10T02:01:00.000Z');
});

it('refuses a moment that is none, or too far away', async () => {
  const { platform } = await openSmall();
  expect(() => platform.clock.set('soon')).toThrow(RangeError);
  expect(() => platform.clock.advance(3660 * 86_400 + 1)).toThrow(RangeError);
  platform.clock.advance(3660 * 86_400);
  expect(platform.clock.offsetSeconds()).toBe(3660 * 86_400);
});

it('is followed by tokens', async () => {
  const { platform, token, get } = await openSmall();
  const first = await token();
  platform.clock.advance(7199);
  expect(await token()).toBe(first);
  platform.clock.advance(1);
  expect(await get('department/list', { access_token: first })).toMatchObject({ errcode: 42001 });
});

it('is moved through the control API, which says what time it is', async () => {
  const { control } = await openSmall();
  expect(await (await control('clock')).json()).toEqual({ now: START, offsetSeconds: 0 });
  const ahead = await control('clock', { body: { advanceSeconds: 90 } });
  expect(await ahead.json()).toEqual({ now: '2026-03-10T02:01:30.000Z', offsetSeconds: 90 });
  const set = await control('clock', { body: { at: '2026-03-11T10:00:00+08:00' } });
  expect(await set.json()).toMatchObject({ now: '2026-03-11T02:00:00.000Z' });
  expect(await (await control('clock', { body: { reset: true } })).json()).toMatchObject({ now: START });
  for (const body of [{}, { at: 'soon' }, { advanceSeconds: 1e12 }, { advanceSeconds: 1, reset: true }])
    expect((await control('clock', { body })).status).toBe(400);
});

it('keeps its offset over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'genjin-sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'sandbox.json');
  const first = await openSmall({ file });
  first.platform.clock.advance(86_400);
  await first.platform.close();
  const second = await openSmall({ file });
  expect(second.platform.clock.now().toISOString()).toBe('2026-03-11T02:00:00.000Z');
});

it('can go wrong by itself: the Date header and the events show it', async () => {
  const receiver = await aReceiver();
  const { platform, token } = await openSmall({ ...receiver, rules: { clockSkewSeconds: -600 } });
  const answer = await fetch(`${platform.origin}/cgi-bin/department/list?access_token=${await token()}`);
  expect(answer.headers.get('date')).toBe('Tue, 10 Mar 2026 01:50:00 GMT');
  platform.actions.deleteStaff({ userid: 'lisi', externalUserId: 'wm2' });
  await platform.settled();
  expect(receiver.letters[0]?.event['CreateTime']).toBe(String(Date.parse(START) / 1000 - 600));
  expect(receiver.letters[0]?.url.searchParams.get('timestamp')).toBe(String(Date.parse(START) / 1000 - 600));
});

/** Ids of customers and tags made in turns, with or without somebody who listens and tokens that are lost. */
async function idsMade(isBusy: boolean): Promise<unknown[]> {
  const receiver = await aReceiver();
  const { platform, write, token } = await openSmall(isBusy ? receiver : {});
  const made: unknown[] = [];
  for (const name of ['甲', '乙']) {
    made.push(platform.actions.addCustomer({ userid: 'lisi', name }));
    if (isBusy) platform.faults.dropTokens();
    await token();
    const added = await write('externalcontact/add_corp_tag', { group_name: name, tag: [{ name }] });
    made.push(added['tag_group']);
  }
  await platform.settled();
  return made;
}

it('gives the same ids to the same calls, whoever listens and however often tokens are renewed', async () => {
  expect(await idsMade(true)).toEqual(await idsMade(false));
});
