import { ActionError } from '../action-error.ts';
import type { SandboxCustomer, SandboxRelation } from '../corp.ts';
import { cutBytes } from '../cut-bytes.ts';
import { announce, unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { nextId } from '../state.ts';
import { isReached, relationOf, staffNamed } from './find-relation.ts';

/** `addWay` of a customer who came by an acquisition link. */
export const VIA_LINK = 16;

/** A member gains a customer: an existing person by `externalUserId`, or a new one by `name`. */
export type AddCustomer = {
  userid: string;
  externalUserId?: string | undefined;
  name?: string | undefined;
  corpName?: string | undefined;
  /** The contact way's state, at most 30 characters; comes back in the event. */
  state?: string | undefined;
  /** The customer came through an entry without verification: a half event comes first. */
  viaHalf?: boolean | undefined;
  remark?: string | undefined;
  remarkCorpName?: string | undefined;
  /** Numbered as in WeCom; 1 (QR code) by default. */
  addWay?: number | undefined;
};

/** Adds and announces add_external_contact, after add_half_external_contact with `viaHalf`. @throws {ActionError} 400, 404, 409 */
export function addCustomer(platform: Platform, wish: AddCustomer): { externalUserId: string } {
  const staff = staffNamed(platform, wish.userid);
  if (!staff.hasCustomers) throw new ActionError(409, 'no_customer_function', '这位成员没有客户联系功能');
  const customer = wish.externalUserId
    ? personWith(platform, wish.externalUserId)
    : newPerson(platform, wish);
  const { externalUserId } = customer;
  const known = relationOf(platform, { userid: staff.userid, externalUserId });
  if (known && !known.deletedByCustomer) throw new ActionError(409, 'already_added', '他们已经是联系人');
  if (known) platform.book.removeRelation(known);
  const relation = newRelation(platform, { wish, customer, userid: staff.userid });
  platform.book.addRelation(relation);
  announceNew(platform, relation, wish.viaHalf === true);
  platform.save();
  platform.deliver();
  return { externalUserId };
}

/** The events of a new relation; whether a WelcomeCode goes with them is decided when they leave. */
function announceNew(platform: Platform, relation: SandboxRelation, viaHalf: boolean): void {
  if (!isReached(platform, relation.userid)) return;
  const { userid, externalUserId, state } = relation;
  const changeTypes = viaHalf
    ? ['add_half_external_contact', 'add_external_contact']
    : ['add_external_contact'];
  for (const changeType of changeTypes) {
    const fields: [string, string][] = [
      ['UserID', userid],
      ['ExternalUserID', externalUserId],
    ];
    if (state !== '') fields.push(['State', state]);
    announce(platform, {
      queue: externalUserId,
      event: 'change_external_contact',
      changeType,
      fields,
      mayWelcome: true,
    });
  }
}

/** @throws {ActionError} 404 `unknown_customer` */
function personWith({ book }: Platform, externalUserId: string): SandboxCustomer {
  const customer = book.customer(externalUserId);
  if (!customer) throw new ActionError(404, 'unknown_customer', '没有这位客户');
  return customer;
}

/** Somebody whom the platform has not seen before: a WeChat user. @throws {ActionError} 400 `name_missing` */
function newPerson({ state, book }: Platform, { name, corpName }: AddCustomer): SandboxCustomer {
  if (!name) throw new ActionError(400, 'name_missing', '请填写客户姓名');
  const customer: SandboxCustomer = {
    externalUserId: nextId(state, 'wm'),
    name,
    type: 1,
    gender: 0,
    corpName: null,
    position: null,
    openId: nextId(state, 'o'),
    unionId: null,
    introducedAs: corpName ? { remark: name, remarkCorpName: corpName } : null,
  };
  book.addCustomer(customer);
  return customer;
}

/** A contact way's state has at most 30 characters, an acquisition link's channel 64 bytes. */
function stateOf({ state = '', addWay }: AddCustomer): string {
  return addWay === VIA_LINK ? cutBytes(state, 64) : state.slice(0, 30);
}

/** The relation at its first second; nothing is tagged, nothing said. */
function newRelation(
  platform: Platform,
  { wish, customer, userid }: { wish: AddCustomer; customer: SandboxCustomer; userid: string },
): SandboxRelation {
  const nowSeconds = unixNow(platform);
  return {
    userid,
    externalUserId: customer.externalUserId,
    ...remarksFor(wish, customer),
    description: '',
    remarkMobiles: [],
    addWay: wish.addWay ?? 1,
    state: stateOf(wish),
    createdAt: nowSeconds,
    operUserId: customer.externalUserId,
    tagIds: [],
    talkedAt: 0,
    deletedByCustomer: false,
  };
}

/** The member fills in the remark as the customer introduced himself, unless told otherwise; at most 20 characters. */
function remarksFor(
  wish: AddCustomer,
  { introducedAs, name }: SandboxCustomer,
): Pick<SandboxRelation, 'remark' | 'remarkCorpName'> {
  const remark = wish.remark ?? introducedAs?.remark ?? name;
  const corpName = wish.remarkCorpName ?? wish.corpName ?? introducedAs?.remarkCorpName ?? '';
  return { remark: remark.slice(0, 20), remarkCorpName: corpName.slice(0, 20) };
}
