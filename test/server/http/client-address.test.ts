import * as fc from 'fast-check';
import type { Context } from 'koa';
import { expect, it } from 'vitest';
import { isFromHere, visitorOf, watchForProxies } from '../../../server/http/client-address.ts';

/** A request as far as its sender goes: `ip` is what Koa makes of the trusted entries. */
const from = (peer: string, headers: Record<string, string> = {}, ip = peer) =>
  ({
    ip,
    req: { socket: { remoteAddress: peer } },
    get: (name: string) => headers[name] ?? '',
  }) as unknown as Context;

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:51234', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::1]:443', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['::1', '::/64'],
])('%s is counted as %s', (ip, visitor) => {
  expect(visitorOf(from('10.0.0.1', {}, ip))).toBe(visitor);
});

it.each(['unknown', '_hidden', '', '999.1.1.1', '1', '0x7f.1', 'a'.repeat(5000), '<script>'])(
  'what is no address (%.20s) is counted as the connected machine',
  (ip) => {
    expect(visitorOf(from('10.0.0.1', {}, ip))).toBe('10.0.0.1');
  },
);

const visitor = (left: string, right: string) => visitorOf(from('10.0.0.1', {}, `${left}:${right}`));

it('counts all addresses of one /64 as one, and those of two as two', () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16));
  const half = fc.tuple(group, group, group, group).map((groups) => groups.join(':'));
  fc.assert(
    fc.property(half, half, fc.tuple(half, half), (network, other, [host, guest]) => {
      fc.pre(!/^(0:0:0:0|64:ff9b:0:0)$/.test(network) && !/^(0:0:0:0|64:ff9b:0:0)$/.test(other));
      expect(visitor(network, host)).toBe(visitor(network, guest));
      expect(visitor(network, host) === visitor(other, host)).toBe(network === other);
    }),
  );
});

it.each([
  ['127.0.0.1', {}, true],
  ['::1', {}, true],
  ['::ffff:127.0.0.1', {}, true],
  ['127.0.0.1', { 'x-forwarded-for': '8.8.8.8' }, false],
  ['127.0.0.1', { forwarded: 'for=8.8.8.8' }, false],
  ['127.0.0.1', { 'x-real-ip': '8.8.8.8' }, false],
  ['192.168.1.5', {}, false],
  ['', {}, false],
])('a request of %s with %o comes from this machine itself: %s', (peer, headers, isHere) => {
  expect(isFromHere(from(peer, headers))).toBe(isHere);
});

it.each([
  ['10.1.2.3', { 'x-forwarded-for': '8.8.8.8' }, 1],
  ['127.0.0.1', { forwarded: 'for=8.8.8.8' }, 1],
  ['fd00::1', { 'x-forwarded-for': '8.8.8.8' }, 1],
  ['100.64.0.9', { 'x-forwarded-for': '8.8.8.8' }, 1],
  ['203.0.113.9', { 'x-forwarded-for': '8.8.8.8' }, 0],
  ['10.1.2.3', {}, 0],
])('two requests of %s with %o tell of a proxy %i time(s)', async (peer, headers, times) => {
  const told: string[] = [];
  const watch = watchForProxies(() => void told.push(peer));
  for (let n = 0; n < 2; n += 1) await watch(from(peer, headers), async () => undefined);
  expect(told).toHaveLength(times);
});
