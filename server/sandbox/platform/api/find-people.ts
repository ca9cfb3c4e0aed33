import { ApiError } from '../api-error.ts';
import type { SandboxCustomer, SandboxRelation, SandboxStaff } from '../corp.ts';
import type { Platform } from '../platform.ts';

/** userids are compared without regard to case. Source: wecom.md, id prefixes. */
export function isSameUserid(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** A member whom the app may see. @throws {ApiError} 40003 unknown, 60011 out of the visible range. */
export function visibleStaff({ state }: Platform, userid: string): SandboxStaff {
  const staff = state.corp.staff.find((member) => isSameUserid(member.userid, userid));
  if (!staff || staff.status === 5) throw new ApiError(40003);
  if (!staff.isVisible) throw new ApiError(60011);
  return staff;
}

/** A member who may have customers. @throws {ApiError} as `visibleStaff`, and 84074 without 客户联系. */
export function followingStaff(platform: Platform, userid: string): SandboxStaff {
  const staff = visibleStaff(platform, userid);
  if (!staff.hasCustomers) throw new ApiError(84074);
  return staff;
}

/** @throws {ApiError} 40096 for an id that was never given out. */
export function knownCustomer({ state }: Platform, externalUserId: string): SandboxCustomer {
  const customer = state.corp.customers.find((person) => person.externalUserId === externalUserId);
  if (!customer) throw new ApiError(40096);
  return customer;
}

/** Every relation that the app may see: followers in range, and those whom the customer deleted only if the rules list them. */
export function visibleRelations({ state, rules }: Platform): SandboxRelation[] {
  const visible = new Set(
    state.corp.staff
      .filter((member) => member.isVisible && member.hasCustomers)
      .map((member) => member.userid),
  );
  return state.corp.relations.filter(
    (relation) => visible.has(relation.userid) && (rules.listsLostRelations || !relation.deletedByCustomer),
  );
}

/** @throws {ApiError} 84061 when this member does not follow this customer. */
export function relationBetween(platform: Platform, userid: string, externalUserId: string): SandboxRelation {
  const staff = followingStaff(platform, userid);
  knownCustomer(platform, externalUserId);
  const relation = visibleRelations(platform).find(
    (row) => row.userid === staff.userid && row.externalUserId === externalUserId,
  );
  if (!relation) throw new ApiError(84061);
  return relation;
}
