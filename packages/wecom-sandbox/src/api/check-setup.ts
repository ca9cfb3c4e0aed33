import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';

/** The address as people write it: IPv4 without the prefix of a socket for both kinds. */
export function plainIp(ip: string): string {
  return ip.replace(/^::ffff:/, '');
}

/**
 * Whether corp and app are set up for this call. gettoken is asked nothing: a wrong set-up shows at the first real call.
 *
 * @throws {ApiError} 60020 from an untrusted IP, 50003 app switched off, 48002 without 客户联系.
 */
export function checkSetup({ rules }: Platform, { path, ip }: { path: string; ip: string }): void {
  if (rules.trustedIps && !rules.trustedIps.some((trusted) => isWithin(ip, trusted)))
    throw new ApiError(60020);
  if (rules.isAppDisabled) throw new ApiError(50003);
  if (!rules.hasContactPermission && path.startsWith('/cgi-bin/externalcontact/')) throw new ApiError(48002);
}

/** An address, or a segment such as `10.0.*`. */
function isWithin(ip: string, trusted: string): boolean {
  return trusted.endsWith('*') ? ip.startsWith(trusted.slice(0, -1)) : ip === trusted;
}
