import { create } from 'axios';
import { z } from 'zod';
import { createMemoryShared } from '../../server/store/shared.ts';
import { createWecomCall } from '../../server/wecom/call.ts';
import { createTokenKeeper } from '../../server/wecom/token.ts';
import { aScriptedServer, type Reply, type Script } from './scripted-server.ts';

/** Corp id and secret of the small corp; see sandbox/support/small-corp.ts. */
export const CORP = { corpId: 'ww00000000000000ab', agentId: '1000002', secret: 'the-agent-secret' };

/** The way to call a platform at `origin`, with a shelf of its own; pauses are noted instead of waited for. */
export function aCaller(origin: string, { secret = CORP.secret, timeout = 5000 } = {}) {
  const http = create({ baseURL: origin, timeout });
  const shelf = createMemoryShared();
  const tokens = createTokenKeeper({ http, shelf, corpId: CORP.corpId, secret, name: 'agent' });
  const pauses: number[] = [];
  const pause = async (ms: number) => void pauses.push(ms);
  return { http, shelf, tokens, pauses, call: createWecomCall({ http, tokens, pause }) };
}

/** An answer of which nothing is read. */
export const nothing = z.unknown();

/** A platform that gives tokens `token-1`, `token-2`, …, and answers everything else by the script. */
export async function aTokenServer(script: Script) {
  return aScriptedServer((request, before) => {
    if (request.path !== '/cgi-bin/gettoken') return script(request, before);
    return { json: { errcode: 0, errmsg: 'ok', access_token: `token-${before + 1}`, expires_in: 7200 } };
  });
}

/** The usual good answer with some fields. */
export const ok = (fields: object = {}): Reply => ({ json: { errcode: 0, errmsg: 'ok', ...fields } });

/** A refusal worded as the real platform does. */
export const refused = (errcode: number, words = 'refused'): Reply => ({
  json: {
    errcode,
    errmsg: `${words}, hint: [1700000000312345], from ip: 203.0.113.7, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`,
  },
});
