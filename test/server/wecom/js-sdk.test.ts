import { describe, expect, it } from 'vitest';
import { createJsSdkApi, jsSignature } from '../../../server/wecom/js-sdk.ts';
import { aCaller, aTokenServer, CORP, ok, refused } from '../../support/wecom-parts.ts';
import { openSmall } from '../sandbox/support/open-small.ts';

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

/** The signer of a server that gives tickets `ticket-1`, `ticket-2`, … */
async function aSigner() {
  const server = await aTokenServer((_, before) => ok({ ticket: `ticket-${before + 1}`, expires_in: 7200 }));
  const { call, shelf } = aCaller(server.origin);
  return { server, shelf, call, jsSdk: createJsSdkApi(call, shelf, CORP) };
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

  it('does not cost a ticket each: one for a hundred at once, and for other processes', async () => {
    const { server, jsSdk, call, shelf } = await aSigner();
    await Promise.all(Array.from({ length: 100 }, () => jsSdk.agentConfig(PAGE.url, NOW)));
    await createJsSdkApi(call, shelf, CORP).agentConfig(PAGE.url, NOW);
    expect(server.of('ticket/get')).toHaveLength(1);
  });

  it.each([
    [7200, 6900],
    [undefined, 6900],
    [10, 60],
  ])('is signed with a ticket that lives %s s for %i s at most', async (...[life, keptSeconds]) => {
    const server = await aTokenServer(() => ok({ ticket: 't', expires_in: life }));
    const { call } = aCaller(server.origin);
    const kept: number[] = [];
    const shelf = {
      get: async () => null,
      set: async (_: string, __: string, ms: number) => void kept.push(ms),
    };
    await createJsSdkApi(call, shelf, CORP).agentConfig(PAGE.url, NOW);
    expect(kept).toEqual([keptSeconds * 1000]);
  });

  it('is not signed when WeCom gives no ticket; the next one tries again', async () => {
    const server = await aTokenServer((_, before) => (before < 4 ? refused(45009) : ok({ ticket: 't' })));
    const { call, shelf } = aCaller(server.origin);
    const jsSdk = createJsSdkApi(call, shelf, CORP);
    await expect(jsSdk.agentConfig(PAGE.url, NOW)).rejects.toMatchObject({ errcode: 45009 });
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
