import { ActionError } from '../action-error.ts';
import { membersIn } from '../api/serving-staff.ts';
import { cutBytes } from '../cut-bytes.ts';
import { addUses, balanceOf, takeUse, tellLink } from '../link-quota.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { AcquisitionLink } from '../slices/entries.ts';
import { nextSecret } from '../state.ts';
import { addCustomer, VIA_LINK } from './add-customer.ts';
import { relationOf } from './find-relation.ts';

/** A customer opens an acquisition link and adds the member; `channel` is its customer_channel. */
export type AddViaLink = {
  linkId: string;
  externalUserId?: string | undefined;
  name?: string | undefined;
  channel?: string | undefined;
};

/** @throws {ActionError} 404 `unknown_link` */
function requireLink({ state }: Platform, linkId: string): AcquisitionLink {
  const link = state.links.find((candidate) => candidate.linkId === linkId);
  if (!link) throw new ActionError(404, 'unknown_link', '获客链接已失效');
  return link;
}

/** Whose turn it is; customers go first to those whom the link prefers. @throws {ActionError} 409 `nobody_there` */
function memberFor(platform: Platform, link: AcquisitionLink): string {
  const members = membersIn(platform, link);
  const preferred = members.filter(
    (userid) => link.priorityType === 2 && link.priorityUsers.includes(userid),
  );
  const pool = preferred.length > 0 ? preferred : members;
  const next = pool[link.customers.length % pool.length];
  if (next === undefined) throw new ActionError(409, 'nobody_there', '链接的成员都不可用');
  return next;
}

/** Adds the customer and uses one of the corp's quota up. @throws {ActionError} 404, 409 nothing left, and as `addCustomer` */
export function addViaLink(platform: Platform, wish: AddViaLink): { userid: string; externalUserId: string } {
  const link = requireLink(platform, wish.linkId);
  if (balanceOf(platform) === 0) throw new ActionError(409, 'no_quota', '获客链接的使用量已用完');
  const userid = memberFor(platform, link);
  const state = cutBytes(wish.channel ?? '', 64);
  const person = { externalUserId: wish.externalUserId, name: wish.name };
  const added = { userid, ...person, state, viaHalf: link.skipVerify, addWay: VIA_LINK };
  const { externalUserId } = addCustomer(platform, added);
  const at = unixNow(platform);
  link.clicks.push({ externalUserId, at });
  link.customers.push({ externalUserId, userid, state, addedAt: at, heard: 0 });
  if (state !== '')
    tellLink(platform, 'friend_request', [
      ['LinkId', link.linkId],
      ['State', state],
    ]);
  takeUse(platform);
  finish(platform);
  return { userid, externalUserId };
}

/** Somebody opens the link and goes away again. @throws {ActionError} 404 */
export function clickLink(platform: Platform, wish: { linkId: string; externalUserId: string }): void {
  const link = requireLink(platform, wish.linkId);
  link.clicks.push({ externalUserId: wish.externalUserId, at: unixNow(platform) });
  finish(platform);
}

/** An administrator buys uses that expire in `days`. */
export function buyLinkUses(platform: Platform, wish: { uses: number; days: number }): void {
  addUses(platform, wish);
  finish(platform);
}

/** An administrator deletes the link; unlike the API this is announced. @throws {ActionError} 404 */
export function deleteLink(platform: Platform, wish: { linkId: string }): void {
  const link = requireLink(platform, wish.linkId);
  platform.state.links = platform.state.links.filter((other) => other !== link);
  tellLink(platform, 'delete_link', [['LinkId', link.linkId]]);
  finish(platform);
}

/** After so many lines of one customer the app is told. */
const MILESTONES = new Set([3, 5, 10]);
const CHAT_KEY_SECONDS = 1800;

/** Counts a line that a customer of a link wrote; the first and some later ones are announced. */
export function messageByLink(platform: Platform, key: { userid: string; externalUserId: string }): void {
  const { state } = platform;
  for (const link of state.links) {
    const customer = link.customers.findLast(
      (row) => row.userid === key.userid && row.externalUserId === key.externalUserId,
    );
    if (!customer || !relationOf(platform, key)) continue;
    customer.heard += 1;
    const common: [string, string][] = [
      ['LinkId', link.linkId],
      ['State', customer.state],
    ];
    if (customer.heard === 1)
      tellLink(platform, 'customer_start_chat', [
        ['UserID', key.userid],
        ['ExternalUserID', key.externalUserId],
        ...common,
      ]);
    if (MILESTONES.has(customer.heard))
      tellLink(platform, 'message_from_customer', [...common, ['ChatKey', chatKey(platform, link, key)]]);
  }
}

/** A fresh right to ask about this chat. */
function chatKey(platform: Platform, { linkId }: AcquisitionLink, key: { externalUserId: string }): string {
  const { state } = platform;
  const now = unixNow(platform);
  const fresh = nextSecret(state, 'chat key', 43);
  state.chatKeys = state.chatKeys.filter(({ expiresAt }) => expiresAt > now);
  state.chatKeys.push({
    key: fresh,
    linkId,
    externalUserId: key.externalUserId,
    expiresAt: now + CHAT_KEY_SECONDS,
  });
  return fresh;
}

function finish(platform: Platform): void {
  platform.save();
  platform.deliver();
}
