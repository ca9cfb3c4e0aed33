import { describe, expect, it } from 'vitest';
import { createMemoryShared } from '../../../../server/store/db/shared.ts';
import type { CacheStore } from '../../../../server/wecom/client/cache-store.ts';
import { createJsSdkApi, jsSignature } from '../../../../server/wecom/api/js-sdk.ts';
import { aCaller, aRealClock, aTokenServer, CORP, ok, refused } from '../../../support/wecom-parts.ts';
import type { Script } from '../../../support/scripted-server.ts';
import { openSmall } from '../../../../packages/wecom-sandbox/test/support/open-small.ts';

const NOW = new Date('2026-03-11T02:00:00.900Z');
/** WeCom's own sample. Source: wecom.md §5.4. */
const TICKET = 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg';
const PAGE = {
  nonceStr: 'Wm3WZYTPz0wzccnW',
  timestamp: 1414587457,
  url: 'http://mp.weixin.qq.com?params=value',
};

describe('the signature', () => {
  it('of the official sample is the official one', () => {
    expect(jsSignature(TICKET, PAGE)).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed');
  });

  it('leaves out what follows #, which browsers do not send', () => {
    const url = `${PAGE.url}#/contact/1?x=2#y`;
    expect(jsSignature(TICKET, { ...PAGE, url })).toBe(jsSignature(TICKET, PAGE));
  });

  it('takes the url as it is, not escaped again', () => {
    const url = 'http://localhost:3000/sidebar/?a=%E4%B8%AD&b=1';
    expect(jsSignature(TICKET, { ...PAGE, url })).not.toBe(
      jsSignature(TICKET, { ...PAGE, url: decodeURI(url) }),
    );
  });
});

/** A process that signs, and the server that gives tickets `ticket-1`, `ticket-2`, … by default. */
async function aSigner(script: Script = (_, before) => ok({ ticket: `ticket-${before + 1}` })) {
  const server = await aTokenServer(script);
  const process = (shared: { shelf?: CacheStore; clock?: ReturnType<typeof aRealClock> } = {}) => {
    const parts = aCaller(server.origin, shared);
    return { ...parts, jsSdk: createJsSdkApi(parts.call, parts.shelf, { ...CORP, clock: parts.clock }) };
  };
  return { server, process, ...process() };
}

describe('a page', () => {
  it('is signed with the app’s own ticket, in whole seconds, with a nonce of its own', async () => {
    const { server, jsSdk } = await aSigner();
    const [one, two] = [await jsSdk.agentConfig(PAGE.url, NOW), await jsSdk.agentConfig(PAGE.url, NOW)];
    expect(one.timestamp).toBe(1773194400);
    expect(one.signature).toBe(jsSignature('ticket-1', { ...one, url: PAGE.url }));
    expect(one.nonceStr).toMatch(/^[0-9a-f]{16}$/);
    expect(two.nonceStr).not.toBe(one.nonceStr);
    expect(server.of('ticket/get').map(({ query }) => query['type'])).toEqual(['agent_config']);
  });

  it('does not cost a ticket each: one for a hundred in two processes', async () => {
    const { server, process } = await aSigner();
    const shared = { shelf: createMemoryShared(), clock: aRealClock() };
    const [one, two] = [process(shared).jsSdk, process(shared).jsSdk];
    const sign = (_: unknown, n: number) => (n % 2 ? one : two).agentConfig(PAGE.url, NOW);
    await Promise.all(Array.from({ length: 100 }, sign));
    await process(shared).jsSdk.agentConfig(PAGE.url, NOW);
    expect(server.of('ticket/get')).toHaveLength(1);
  });

  it.each([
    [7200, 6900],
    [undefined, 6900],
    [10, 60],
  ])('is signed with a ticket that lives %s s for %i s at most', async (...[life, keptSeconds]) => {
    const { server, jsSdk, clock } = await aSigner(() => ok({ ticket: 't', expires_in: life }));
    await jsSdk.agentConfig(PAGE.url, NOW);
    clock.pass(keptSeconds * 1000 - 1);
    await jsSdk.agentConfig(PAGE.url, NOW);
    expect(server.of('ticket/get')).toHaveLength(1);
    clock.pass(1);
    await jsSdk.agentConfig(PAGE.url, NOW);
    expect(server.of('ticket/get')).toHaveLength(2);
  });

  it.each([42012, 40093])(
    'is signed although WeCom first answers %i: the ticket is asked for once more',
    async (code) => {
      const { server, jsSdk } = await aSigner((_, before) =>
        before === 0 ? refused(code) : ok({ ticket: 't' }),
      );
      expect(await jsSdk.agentConfig(PAGE.url, NOW)).toHaveProperty('signature');
      expect(server.of('ticket/get')).toHaveLength(2);
    },
  );

  it.each([
    [42012, 2],
    [48002, 1],
  ])('is not signed when WeCom goes on answering %i, after %i requests', async (errcode, requests) => {
    const { server, jsSdk } = await aSigner(() => refused(errcode));
    await expect(jsSdk.agentConfig(PAGE.url, NOW)).rejects.toMatchObject({ errcode });
    expect(server.of('ticket/get')).toHaveLength(requests);
  });

  it('is not signed while WeCom says that tickets were asked for too often; later it is', async () => {
    const { jsSdk, clock } = await aSigner((_, before) =>
      before === 0 ? refused(45009) : ok({ ticket: 't' }),
    );
    await expect(jsSdk.agentConfig(PAGE.url, NOW)).rejects.toMatchObject({ name: 'WecomShut' });
    clock.pass(60_000);
    expect(await jsSdk.agentConfig(PAGE.url, NOW)).toHaveProperty('signature');
  });

  it('is accepted by the sandbox platform', async () => {
    const { platform, control } = await openSmall({ trustedOrigin: 'http://localhost:3000' });
    const { call, shelf } = aCaller(platform.origin);
    const url = 'http://localhost:3000/sidebar/';
    const signed = await createJsSdkApi(call, shelf, CORP).agentConfig(url, NOW);
    const sent = { ...signed, url, corpid: CORP.corpId, agentid: CORP.agentId };
    const body = { ...sent, timestamp: String(signed.timestamp) };
    const answer = await control('agent-config', { body });
    expect(await answer.json()).toEqual({ err_msg: 'agentConfig:ok' });
  });
});
