import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';

const LIST = 'department/list';

/** The errcodes of so many calls. */
async function errcodes(read: (path: string) => Promise<{ errcode: number }>, calls: number) {
  const codes: number[] = [];
  for (let call = 0; call < calls; call += 1) codes.push((await read(LIST)).errcode);
  return codes;
}

it('goes wrong at every nth call', async () => {
  const { platform, read } = await openSmall();
  platform.faults.plan(LIST, { errcode: -1 }, { everyNth: 3 });
  expect(await errcodes(read, 7)).toEqual([0, 0, -1, 0, 0, -1, 0]);
});

/** Which of sixty calls go wrong at a share of thirty in a hundred. */
async function sharedErrcodes() {
  const { platform, read } = await openSmall();
  platform.faults.plan(LIST, { errcode: 45009 }, { share: 30 });
  return errcodes(read, 60);
}

it('goes wrong at a share of the calls, the same ones every time', async () => {
  const codes = await sharedErrcodes();
  const wrong = codes.filter((code) => code === 45009).length;
  expect(wrong).toBeGreaterThan(8);
  expect(wrong).toBeLessThan(30);
  expect(await sharedErrcodes()).toEqual(codes);
});

it('never goes wrong at a share of none, always at a share of all', async () => {
  const { platform, read } = await openSmall();
  platform.faults.plan(LIST, { errcode: -1 }, { share: 0 });
  expect(await errcodes(read, 5)).toEqual([0, 0, 0, 0, 0]);
  platform.faults.plan(LIST, { errcode: -1 }, { share: 100 });
  expect(await errcodes(read, 2)).toEqual([-1, -1]);
});

it('ends after so many seconds of the platform’s time, or so many faults', async () => {
  const { platform, read } = await openSmall();
  platform.faults.plan(LIST, { errcode: -1 }, { forSeconds: 60 });
  platform.clock.advance(59);
  expect(await errcodes(read, 2)).toEqual([-1, -1]);
  platform.clock.advance(1);
  expect(await errcodes(read, 1)).toEqual([0]);
  platform.faults.plan(LIST, { errcode: -1 }, { times: 1, everyNth: 2 });
  expect(await errcodes(read, 4)).toEqual([0, -1, 0, 0]);
});

it('knows paths by their end and by a star', async () => {
  const { platform, read } = await openSmall();
  platform.faults.plan('department/*', { errcode: -1 });
  expect((await read('department/list')).errcode).toBe(-1);
  expect((await read('department/simplelist')).errcode).toBe(-1);
  expect((await read('user/list', { department_id: '1' })).errcode).toBe(0);
  platform.faults.clear();
  platform.faults.plan('list', { errcode: -1 });
  expect((await read('department/list')).errcode).toBe(-1);
  expect((await read('department/simplelist')).errcode).toBe(0);
});

it('counts what it did', async () => {
  const { platform, read } = await openSmall();
  platform.faults.plan(LIST, { errcode: -1 }, { everyNth: 2 });
  await errcodes(read, 5);
  expect(platform.faults.list()).toEqual([{ pattern: LIST, errcode: -1, everyNth: 2, done: 2 }]);
});

it('answers success in another shape', async () => {
  const { platform, read } = await openSmall();
  platform.faults.next('user/list', { isMisshapen: true });
  const bent = await read('user/list', { department_id: '2' });
  expect(bent).toEqual({ errcode: 0, errmsg: 'ok', userlist: 'list', data: null });
  expect(await read('user/list', { department_id: '2' })).toMatchObject({ userlist: expect.any(Array) });
});

it('answers with the JSON of a proxy, which has no errcode, and does nothing', async () => {
  const { platform, read, control } = await openSmall();
  await control('faults', { body: { path: 'user/list', isForeign: true } });
  const foreign = { code: 503, msg: 'service unavailable', data: null };
  expect(await read('user/list', { department_id: '2' })).toEqual(foreign);
  expect(await read('user/list', { department_id: '2' })).toMatchObject({ errcode: 0 });
  expect(platform.log.after(0).filter(({ path }) => path?.endsWith('user/list'))).toHaveLength(2);
});

it('lets a body come in drops, whole in the end', async () => {
  const { platform, token } = await openSmall();
  const url = `${platform.origin}/cgi-bin/${LIST}?access_token=${await token()}`;
  platform.faults.next(LIST, { bodyMs: 40 });
  const reader = (await fetch(url)).body?.getReader();
  const chunks: Uint8Array[] = [];
  for (;;) {
    const next = await reader?.read();
    if (!next?.value) break;
    chunks.push(next.value);
  }
  expect(chunks.length).toBeGreaterThan(1);
  expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ errcode: 0 });
});

it('makes a body as big as ordered', async () => {
  const { platform, token } = await openSmall();
  platform.faults.next(LIST, { hugeMb: 2 });
  const answer = await fetch(`${platform.origin}/cgi-bin/${LIST}?access_token=${await token()}`);
  expect((await answer.text()).length).toBeGreaterThan(2 * 1_048_576);
});

it('refuses with the empty lists of the real answer', async () => {
  const { platform, read } = await openSmall();
  platform.faults.next(LIST, { errcode: 60020 });
  expect(await read(LIST)).toMatchObject({
    errcode: 60020,
    department: [],
    errmsg: expect.stringMatching(
      /^not allow to access from your ip, hint: \[\d{24,}\], from ip: 127\.0\.0\.1, /,
    ),
  });
});

it('takes plans through the control API and shows them', async () => {
  const { read, control } = await openSmall();
  await control('faults', { body: { path: LIST, errcode: -1, everyNth: 2 } });
  expect(await errcodes(read, 4)).toEqual([0, -1, 0, -1]);
  expect(await (await control('faults')).json()).toEqual({
    items: [{ pattern: LIST, errcode: -1, everyNth: 2, done: 2 }],
  });
  await control('faults', { body: { clear: true } });
  await control('faults', { body: { path: LIST, errcode: -1 } });
  expect(await errcodes(read, 2)).toEqual([-1, 0]);
  for (const body of [
    { path: LIST, share: 101 },
    { path: LIST, everyNth: 0 },
    { callback: '*', kind: 'lose' },
  ])
    expect((await control('faults', { body })).status).toBe(400);
});
