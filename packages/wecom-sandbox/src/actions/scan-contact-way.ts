import { ActionError } from '../action-error.ts';
import { membersIn } from '../api/serving-staff.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { ContactWay } from '../slices/entries.ts';
import { addCustomer } from './add-customer.ts';

/** A customer scans a contact way: an existing person by `externalUserId`, or a new one by `name`. */
export type ScanContactWay = {
  configId: string;
  externalUserId?: string | undefined;
  name?: string | undefined;
};

/**
 * Adds the customer to a member of the way: members take turns, and an exclusive way gives a customer the same one again.
 * Without verification a half event comes first.
 *
 * @throws {ActionError} 404 unknown or expired way, 409 nobody to add, and as `addCustomer`.
 */
export function scanContactWay(
  platform: Platform,
  wish: ScanContactWay,
): { userid: string; externalUserId: string } {
  const way = platform.state.contactWays.find((candidate) => candidate.configId === wish.configId);
  if (!way || (way.isTemp && unixNow(platform) >= way.createdAt + way.expiresIn))
    throw new ActionError(404, 'unknown_way', '二维码已失效');
  const userid = memberFor(platform, way, wish.externalUserId ?? '');
  const { externalUserId } = addCustomer(platform, {
    userid,
    externalUserId: wish.externalUserId,
    name: wish.name,
    state: way.state,
    viaHalf: way.skipVerify,
    addWay: 1,
  });
  way.scans += 1;
  way.routes[externalUserId] = userid;
  platform.save();
  return { userid, externalUserId };
}

/** Whose turn it is. @throws {ActionError} 409 `nobody_there` */
function memberFor(platform: Platform, way: ContactWay, externalUserId: string): string {
  const members = membersIn(platform, way);
  const before = way.routes[externalUserId];
  if (way.isExclusive && before !== undefined && members.includes(before)) return before;
  const next = members[way.scans % members.length];
  if (next === undefined) throw new ActionError(409, 'nobody_there', '二维码的成员都不可用');
  return next;
}
