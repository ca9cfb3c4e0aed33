import { ApiError } from '../api-error.ts';
import type { SandboxCustomer, SandboxRelation, SandboxStaff } from '../corp.ts';
import type { Platform } from '../platform.ts';

/** userids are compared without regard to case. Source: wecom.md §0. */
export function isSameUserid(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** A member whom the app may see. @throws {ApiError} 40003 unknown, 60011 (or 60021 by rule) out of the visible range. */
export function visibleStaff({ book, rules }: Platform, userid: string): SandboxStaff {
  const staff = book.staff(userid);
  if (!staff || staff.status === 5) throw new ApiError(40003);
  if (!staff.isVisible) throw new ApiError(rules.unseenErrcode);
  return staff;
}

/** A member who may have customers. @throws {ApiError} as `visibleStaff`, and 84074 without 客户联系. */
export function followingStaff(platform: Platform, userid: string): SandboxStaff {
  const staff = visibleStaff(platform, userid);
  if (!staff.hasCustomers) throw new ApiError(84074);
  return staff;
}

/** @throws {ApiError} 40096 for an id that was never given out. */
export function knownCustomer({ book }: Platform, externalUserId: string): SandboxCustomer {
  const customer = book.customer(externalUserId);
  if (!customer) throw new ApiError(40096);
  return customer;
}

/** Whether the rules list a relation: those whom the customer deleted, only if they say so. */
export function isListed({ rules }: Platform, relation: SandboxRelation): boolean {
  return rules.listsLostRelations || !relation.deletedByCustomer;
}

/** Members in range with 客户联系. */
function inSight(staff: SandboxStaff | undefined): boolean {
  return staff !== undefined && staff.isVisible && staff.hasCustomers;
}

/** Every relation that the app may see: followers in range. Walks through all of them. */
export function visibleRelations(platform: Platform): SandboxRelation[] {
  const { corp } = platform.state;
  const visible = new Set(corp.staff.filter(inSight).map((member) => member.userid));
  return corp.relations.filter((relation) => visible.has(relation.userid) && isListed(platform, relation));
}

/** A customer's followers in range, in the order of userid. */
export function followersInSight(platform: Platform, externalUserId: string): SandboxRelation[] {
  return platform.book
    .followersOf(externalUserId)
    .filter((relation) => inSight(platform.book.staff(relation.userid)) && isListed(platform, relation));
}

/** @throws {ApiError} 84061 when this member does not follow this customer; as `followingStaff` and `knownCustomer`. */
export function relationBetween(platform: Platform, userid: string, externalUserId: string): SandboxRelation {
  followingStaff(platform, userid);
  knownCustomer(platform, externalUserId);
  const relation = platform.book.relation(userid, externalUserId);
  if (!relation || !isListed(platform, relation)) throw new ApiError(84061);
  return relation;
}
