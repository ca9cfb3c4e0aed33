import { Router } from '@koa/router';
import Koa from 'koa';
import rawBody from 'raw-body';
import { openSealed, signatureOf } from '../../server/wecom/client/crypto.ts';

/** The least that a callback door can do: verify and decrypt, keep nothing. The baseline of the durable one. */
const keys = {
  token: process.env['WECOM_CALLBACK_TOKEN'] ?? '',
  aesKey: process.env['WECOM_CALLBACK_AES_KEY'] ?? '',
  receiveId: process.env['WECOM_CORP_ID'] ?? '',
};
const router = new Router();
router.post('/wecom/callback', async (ctx) => {
  const body = await rawBody(ctx.req, { encoding: 'utf8' });
  const sealed = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1] ?? '';
  const { msg_signature: signature, timestamp, nonce } = ctx.query;
  if (signatureOf(keys.token, String(timestamp), String(nonce), sealed) !== signature) ctx.throw(403);
  openSealed(keys, sealed);
  ctx.body = 'success';
});
const server = new Koa().use(router.routes()).listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`{"port":${typeof address === 'object' ? address?.port : 0},"mode":"bare"}\n`);
});
