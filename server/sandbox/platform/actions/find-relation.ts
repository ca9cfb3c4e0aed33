import { ActionError } from '../action-error.ts';
import { isSameUserid } from '../api/find-people.ts';
import type { SandboxRelation, SandboxStaff } from '../corp.ts';
import type { Platform } from '../platform.ts';

/** The two ends of a follow relation. */
export type RelationKey = { userid: string; externalUserId: string };

/** @throws {ActionError} 404 `unknown_staff` */
export function staffNamed({ state }: Platform, userid: string): SandboxStaff {
  const staff = state.corp.staff.find((member) => isSameUserid(member.userid, userid));
  if (!staff) throw new ActionError(404, 'unknown_staff', '没有这位成员');
  return staff;
}

/** A relation as people's clients know it, in the app's range or not; undefined when there is none. */
export function relationOf({ state }: Platform, key: RelationKey): SandboxRelation | undefined {
  return state.corp.relations.find(
    (row) => isSameUserid(row.userid, key.userid) && row.externalUserId === key.externalUserId,
  );
}

/** @throws {ActionError} 404 `unknown_relation` */
export function requireRelation(platform: Platform, key: RelationKey): SandboxRelation {
  const relation = relationOf(platform, key);
  if (!relation) throw new ActionError(404, 'unknown_relation', '他们还不是联系人');
  return relation;
}

/** Whether the app hears of this member's customers: in the visible range and with 客户联系. Source: wecom.md §2.0. */
export function isHeard({ state }: Platform, userid: string): boolean {
  return state.corp.staff.some((staff) => staff.userid === userid && staff.isVisible && staff.hasCustomers);
}
