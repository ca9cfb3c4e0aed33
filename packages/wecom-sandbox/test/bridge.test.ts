import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createContext, runInContext } from 'node:vm';
import Koa from 'koa';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openSmall } from './support/open-small.ts';

const ORIGIN = 'http://localhost:3000';
const PAGE = `${ORIGIN}/sidebar/?from=toolbar`;
const TAG = '<script src="/sandbox/bridge.js"></script>';

type Client = { kind?: string; invoke?: (name: string, params: object) => unknown };
type Bridge = { invoke: (name: string, params: object, callback: (result: object) => void) => void };

/** A page in a frame, as far as the bridge looks at it. */
async function aFrame(frame: { name?: string; client?: Client | null }) {
  const opened = await openSmall({ trustedOrigin: ORIGIN });
  const { platform } = opened;
  const window: Record<string, unknown> & { WeixinJSBridge?: Bridge } = {
    name: frame.name ?? '',
    parent: { sandboxClient: frame.client ?? undefined },
    navigator: { userAgent: 'Mozilla/5.0 Chrome/130', platform: 'Linux x86_64' },
    location: { href: `${PAGE}#top` },
    document: { addEventListener: () => {} },
    fetch: (path: string, init: RequestInit) => fetch(platform.origin + path, init),
    setTimeout,
    clearTimeout,
    console,
  };
  window['window'] = window;
  const context = createContext(window);
  runInContext(await (await fetch(`${platform.origin}/sandbox/bridge.js`)).text(), context);
  const invoke = (name: string, params: object) =>
    new Promise<Record<string, unknown>>((resolve) =>
      window.WeixinJSBridge?.invoke(name, params, (result) => resolve({ ...result })),
    );
  return { ...opened, window, context, invoke };
}

/** What our server would sign for the page. */
async function signed(opened: Awaited<ReturnType<typeof aFrame>>, kind = 'app') {
  const app = await opened.read('ticket/get', { type: 'agent_config' });
  const { ticket } = kind === 'app' ? app : await opened.read('get_jsapi_ticket');
  const [timestamp, nonceStr] = ['1773108000', 'Wm3WZYTPz0wzccnW'];
  const text = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${PAGE}`;
  return { timestamp, nonceStr, signature: createHash('sha1').update(text).digest('hex') };
}

const config = { corpid: 'ww00000000000000ab', agentid: '1000002', jsApiList: ['getContext'] };

const agentOf = async (frame: Parameters<typeof aFrame>[0]) => {
  const { window } = await aFrame(frame);
  return {
    agent: (window['navigator'] as { userAgent: string }).userAgent,
    hasBridge: 'WeixinJSBridge' in window,
  };
};

it('makes a page believe that it is in WeCom, in WeChat, or nowhere', async () => {
  expect(await agentOf({ name: 'wecom' })).toMatchObject({
    agent: expect.stringMatching(/wxwork\/4\.1\.36 \(Micro/),
    hasBridge: true,
  });
  expect(await agentOf({ client: { kind: 'wecom' } })).toMatchObject({ hasBridge: true });
  const phone = await agentOf({ name: 'wechat' });
  expect(phone.agent).toMatch(/MicroMessenger\/8/);
  expect(phone.agent).not.toMatch(/wxwork/);
  expect(phone.hasBridge).toBe(false);
  expect(await agentOf({})).toEqual({ agent: 'Mozilla/5.0 Chrome/130', hasBridge: false });
});

it('lets APIs through after a valid agentConfig only, and only those that were asked for', async () => {
  const asked: unknown[] = [];
  const client = {
    invoke: (name: string, params: object) => {
      asked.push([name, { ...params }]);
      return Promise.resolve({ err_msg: `${name}:ok`, entry: 'single_chat_tools' });
    },
  };
  const frame = await aFrame({ name: 'wecom', client });
  expect(await frame.invoke('getContext', {})).toEqual({ err_msg: 'getContext:fail, no permission' });
  expect(await frame.invoke('agentConfig', { ...config, ...(await signed(frame)) })).toEqual({
    err_msg: 'agentConfig:ok',
  });
  expect(await frame.invoke('getContext', { a: 1 })).toEqual({
    err_msg: 'getContext:ok',
    entry: 'single_chat_tools',
  });
  expect(await frame.invoke('sendChatMessage', {})).toEqual({
    err_msg: 'sendChatMessage:fail, no permission',
  });
  expect(asked).toEqual([
    ['agentConfig', { err_msg: 'agentConfig:ok' }],
    ['getContext', { a: 1 }],
  ]);
});

it('turns a client that throws into a failed result', async () => {
  const client = { invoke: () => Promise.reject(new Error('closed')) };
  const frame = await aFrame({ name: 'wecom', client });
  await frame.invoke('agentConfig', { ...config, ...(await signed(frame)) });
  expect(await frame.invoke('getContext', {})).toEqual({ err_msg: 'getContext:fail, closed' });
});

it('refuses a wrong ticket, page, corp or app, and says why', async () => {
  const frame = await aFrame({ name: 'wecom' });
  const good = { ...config, ...(await signed(frame)) };
  const check = async (more: object) => {
    const answer = await frame.control('agent-config', { body: { ...good, url: PAGE, ...more } });
    return answer.json();
  };
  expect(await check({})).toEqual({ err_msg: 'agentConfig:ok' });
  expect(await check(await signed(frame, 'corp'))).toMatchObject({
    err_msg: 'agentConfig:fail, invalid signature',
    detail: expect.stringContaining('agent_config'),
  });
  expect(await check({ url: `${PAGE}&x=1` })).toMatchObject({
    err_msg: 'agentConfig:fail, invalid signature',
  });
  expect(await check({ url: 'http://evil.example/' })).toMatchObject({
    err_msg: 'agentConfig:fail, invalid url domain',
  });
  expect(await check({ corpid: 'ww1' })).toMatchObject({ err_msg: 'agentConfig:fail, invalid corpid' });
  expect(await check({ agentid: 7 })).toMatchObject({ err_msg: 'agentConfig:fail, invalid agentid' });
});

it('serves the official JS-SDK from register to an API', async () => {
  const client = { invoke: (name: string) => Promise.resolve({ err_msg: `${name}:ok`, userId: 'wm1' }) };
  const frame = await aFrame({ name: 'wecom', client });
  const folder = createRequire(import.meta.url)
    .resolve('@wecom/jssdk')
    .replace(/[^/]+$/, '');
  runInContext(readFileSync(`${folder}wecom.global.prod.js`, 'utf8'), frame.context);
  const seen = vi.fn();
  frame.window['getAgentConfigSignature'] = (url: string) => {
    seen(url);
    return signed(frame);
  };
  const run = `(function () {
    var sdk = typeof ww === 'undefined' ? window.ww : ww;
    sdk.register({
      corpId: '${config.corpid}', agentId: '${config.agentid}', jsApiList: ['getCurExternalContact'],
      getAgentConfigSignature: getAgentConfigSignature,
    });
    return sdk.getCurExternalContact();
  })()`;
  expect(await runInContext(run, frame.context)).toMatchObject({
    userId: 'wm1',
    errMsg: 'getCurExternalContact:ok',
  });
  expect(seen).toHaveBeenCalledWith(PAGE);
});

/** A product's server with the platform's middleware in front. */
async function aProduct(body: (ctx: Koa.Context) => void) {
  const { platform } = await openSmall();
  const app = new Koa();
  app.use(platform.middleware);
  app.use(body);
  const server = createServer((request, response) => void app.callback()(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  // The fetch of Node sets sec-fetch-mode only, so the header may be given.
  const get = (path: string, headers: Record<string, string> = {}) => fetch(origin + path, { headers });
  return { get, platform };
}

const framed = { 'sec-fetch-dest': 'iframe' };

it('puts the bridge into framed pages, whatever their body is made of', async () => {
  const html = '<!doctype html><html><head lang="zh"><title>x</title></head></html>';
  const withTag = html.replace('<head lang="zh">', `<head lang="zh">${TAG}`);
  const { Readable } = await import('node:stream');
  for (const make of [() => html, () => Buffer.from(html), () => Readable.from([html])]) {
    const { get } = await aProduct((ctx) => {
      ctx.type = 'html';
      ctx.body = make();
      ctx.set('ETag', '"1"');
    });
    const answer = await get('/sidebar/', { ...framed, 'if-none-match': '"1"' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBeNull();
    expect(await answer.text()).toBe(withTag);
    expect(await (await get('/sidebar/')).text()).toBe(html);
  }
});

it('leaves alone what is no page, no success, or of the sandbox itself', async () => {
  const { get } = await aProduct((ctx) => {
    if (ctx.path === '/json') ctx.body = { head: '<head>' };
    else {
      ctx.body = '<html><head></head></html>';
      ctx.status = 500;
    }
  });
  expect(await (await get('/json', framed)).json()).toEqual({ head: '<head>' });
  expect(await (await get('/broken', framed)).text()).not.toContain('bridge.js');
  expect((await get('/sandbox/control/state', framed)).headers.get('content-type')).toContain('json');
  expect((await get('/sandbox/nothing', framed)).status).toBe(404);
  // The server API is on the platform's own port only.
  expect((await get('/cgi-bin/gettoken')).status).toBe(500);
});

it('ends the log streams of the product’s server when it closes', async () => {
  const { get, platform } = await aProduct((ctx) => {
    ctx.body = 'ok';
  });
  const answer = await get('/sandbox/control/log/stream');
  const rest = answer.text();
  await platform.close();
  expect(await rest).toBe(': log\n\n');
});
