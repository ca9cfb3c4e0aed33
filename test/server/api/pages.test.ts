import { expect, it } from 'vitest';
import { aVisitor } from '../../support/a-visitor.ts';
import { aWorld } from '../../support/a-world.ts';

const FILE = 'WW_verify_abcdefgh12345678.txt';

it('proves at the root that the domain is ours, with the characters of the file’s own name', async () => {
  const { origin } = await aWorld({ settings: { WECOM_VERIFY_FILE: FILE, SANDBOX: 'on' } });
  const answer = await fetch(`${origin}/${FILE}`);
  expect([answer.status, await answer.text()]).toEqual([200, 'abcdefgh12345678']);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
});

it('proves nothing by another name, deeper down, or when no file is named', async () => {
  const named = await aWorld({ settings: { WECOM_VERIFY_FILE: FILE, SANDBOX: 'on' } });
  for (const path of ['/WW_verify_other.txt', `/sidebar/${FILE}`, `/${FILE}/`])
    expect((await fetch(`${named.origin}${path}`)).status).toBe(404);
  const unnamed = await aWorld();
  expect((await fetch(`${unnamed.origin}/${FILE}`)).status).toBe(404);
});

it('serves the console to everybody; what it may show is decided by its API', async () => {
  const { origin } = await aWorld();
  const visitor = aVisitor(origin);
  const bare = await visitor.go('/console?a=1');
  expect([bare.status, bare.headers.get('location')]).toEqual([302, '/console/?a=1']);
  const page = await visitor.go('/console/');
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
  expect(await page.text()).toContain('<title>跟进 · 管理</title>');
});
