import ipaddr from 'ipaddr.js';
import type { Context as KoaContext, Middleware } from 'koa';

/** How many bits of an IPv6 address belong to one household or server; the rest is chosen freely. Source: RFC 6177. */
const NETWORK_BYTES = 8;
const PRIVATE_RANGES = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat']);
/** What proxies add; `via` and the like are also sent by clients of their own accord. */
const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip'];

/** The connected machine: a visitor, or the nearest proxy. */
const peerOf = (ctx: KoaContext) => ctx.req.socket.remoteAddress ?? '';

/** Some proxies write a port beside the address, or IPv6 in brackets. */
const withoutPort = (text: string) =>
  text.replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1').replace(/^\[(.*)\](?::\d+)?$/, '$1');

function parsed(text: string) {
  const address = withoutPort(text.trim());
  return ipaddr.isValid(address) && (address.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(address))
    ? ipaddr.process(address)
    : null;
}

/**
 * What a visitor is counted by: an IPv4 address, or the /64 of an IPv6 one. `ctx.ip` is what the trusted proxies say
 * (Koa's `maxIpsCount`); where that is no address, the connected machine counts.
 */
export function visitorOf(ctx: KoaContext): string {
  const address = parsed(ctx.ip) ?? parsed(peerOf(ctx));
  if (!address) return 'unknown';
  if (address.kind() === 'ipv4') return address.toString();
  const network = address.toByteArray().map((byte, index) => (index < NETWORK_BYTES ? byte : 0));
  return `${ipaddr.fromByteArray(network).toString()}/64`;
}

const isForwarded = (ctx: KoaContext) => FORWARDED.some((name) => ctx.get(name) !== '');

/** True for a request of this very machine that no proxy has passed on. */
export const isFromHere = (ctx: KoaContext) =>
  parsed(peerOf(ctx))?.range() === 'loopback' && !isForwarded(ctx);

/** Calls `tell` once, when a proxy of our own network passes requests on although none is expected. */
export function watchForProxies(tell: () => void): Middleware {
  let hasTold = false;
  return (ctx, next) => {
    if (!hasTold && isForwarded(ctx) && PRIVATE_RANGES.has(parsed(peerOf(ctx))?.range() ?? '')) {
      hasTold = true;
      tell();
    }
    return next();
  };
}
