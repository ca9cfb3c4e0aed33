import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { createOutgoing } from '../../../server/infra/create-outgoing.ts';
import { isPrivateAddress } from '../../../server/infra/private-address.ts';
import { aReceiver } from '../../support/a-receiver.ts';

const AT = new Date('2026-03-11T02:00:00.700Z');
const message = (url: string) => ({
  url,
  secret: 'whs_x',
  id: 'c1',
  event: 'account.changed',
  body: '{"甲":1}',
});

it('posts a message whose signature covers the moment and every byte', async () => {
  const { url, received } = await aReceiver();
  expect(await createOutgoing({ allowsPrivate: true }).post(message(url), AT)).toBe(200);
  const mac = createHmac('sha256', 'whs_x').update('1773194400.{"甲":1}').digest('hex');
  expect(received).toEqual([
    { body: '{"甲":1}', event: 'account.changed', id: 'c1', signature: `t=1773194400,v1=${mac}` },
  ]);
});

it('follows no redirect, and tells what was answered', async () => {
  const { url, received, answers } = await aReceiver();
  Object.assign(answers, { status: 307, location: url });
  expect(await createOutgoing({ allowsPrivate: true }).post(message(url), AT)).toBe(307);
  expect(received).toHaveLength(1);
});

it('waits only so long for an answer', async () => {
  const { url, answers } = await aReceiver();
  answers.status = 0;
  const asked = createOutgoing({ allowsPrivate: true, timeoutMs: 100 }).post(message(url), AT);
  await expect(asked).rejects.toThrow('no answer in time');
});

it('tells when nobody is there', async () => {
  const asked = createOutgoing({ allowsPrivate: true }).post(message('http://127.0.0.1:9/'), AT);
  await expect(asked).rejects.toThrow('ECONNREFUSED');
});

it.each(['https://erp.example/hook', 'https://93.184.215.14:8443/hook'])('may send to %s', (url) => {
  expect(createOutgoing({ allowsPrivate: false }).problemOf(url)).toBeNull();
});

it.each([
  ['http://erp.example/hook', '只能用 https'],
  ['ftp://erp.example/hook', '地址应以 https:// 开头'],
  ['not an address', '地址应以 https:// 开头'],
  ['https://user:word@erp.example/', '地址里不能有用户名和密码'],
  ['https://localhost/', '不能发往内网地址'],
  ['https://erp.localhost./', '不能发往内网地址'],
  ['https://127.0.0.1/', '不能发往内网地址'],
  ['https://2130706433/', '不能发往内网地址'],
  ['https://0x7f.1/', '不能发往内网地址'],
  ['https://[::1]/', '不能发往内网地址'],
  ['https://[::ffff:10.0.0.1]/', '不能发往内网地址'],
])('of %s says: %s', (url, problem) => {
  expect(createOutgoing({ allowsPrivate: false }).problemOf(url)).toContain(problem);
});

it('lets a setting allow http and our own network', () => {
  expect(createOutgoing({ allowsPrivate: true }).problemOf('http://10.0.0.1/hook')).toBeNull();
});

it('sends nothing to a name that has a private address, even beside a public one', async () => {
  const found = ['93.184.215.14', '10.0.0.1'].map((address) => ({ address, family: 4 }));
  const outgoing = createOutgoing({
    allowsPrivate: false,
    lookupAll: (_host, _options, done) => done(null, found),
  });
  await expect(outgoing.post(message('https://erp.example/hook'), AT)).rejects.toThrow(
    'erp.example has a private address',
  );
  await expect(outgoing.post(message('https://10.0.0.1/hook'), AT)).rejects.toThrow('不能发往内网地址');
});

it.each([
  ['9.255.255.255', false],
  ['10.0.0.0', true],
  ['10.255.255.255', true],
  ['11.0.0.0', false],
  ['100.63.255.255', false],
  ['100.64.0.0', true],
  ['169.254.169.254', true],
  ['172.15.255.255', false],
  ['172.16.0.0', true],
  ['172.31.255.255', true],
  ['172.32.0.0', false],
  ['192.168.1.1', true],
  ['223.255.255.255', false],
  ['224.0.0.0', true],
  ['255.255.255.255', true],
  ['0.0.0.0', true],
  ['::1', true],
  ['::', true],
  ['::ffff:127.0.0.1', true],
  ['64:ff9b::7f00:1', true],
  ['fd00::1', true],
  ['fe80::1', true],
  ['192.88.98.255', false],
  ['192.88.99.0', true],
  ['192.88.99.255', true],
  ['192.88.100.0', false],
  ['64:ff9b:1::1', true],
  ['64:ff9b:1:ffff::1', true],
  ['64:ff9b:2::1', false],
  ['::ffff:0:127.0.0.1', true],
  ['::ffff:0:8.8.8.8', true],
  ['0:0:0:1:ffff:0:808:808', false],
  ['fec0::1', true],
  ['feff::1', true],
  ['3fff::1', true],
  ['3fff:fff:ffff::1', true],
  ['3fff:1000::1', false],
  ['5f00::1', true],
  ['5f01::1', false],
  ['2606:4700::1111', false],
  ['erp.example', true],
])('takes %s for private: %s', (address, isPrivate) => {
  expect(isPrivateAddress(address)).toBe(isPrivate);
});
