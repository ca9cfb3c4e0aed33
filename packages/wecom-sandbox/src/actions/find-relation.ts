import { ActionError } from '../action-error.ts';
import type { SandboxRelation, SandboxStaff } from '../corp.ts';
import type { Platform } from '../platform.ts';

/** The two ends of a follow relation. */
export type RelationKey = { userid: string; externalUserId: string };

/** @throws {ActionError} 404 `unknown_staff` */
export function staffNamed({ book }: Platform, userid: string): SandboxStaff {
  const staff = book.staff(userid);
  if (!staff) throw new ActionError(404, 'unknown_staff', '没有这位成员');
  return staff;
}

/** A relation as people's clients know it, in the app's range or not; undefined when there is none. */
export function relationOf({ book }: Platform, key: RelationKey): SandboxRelation | undefined {
  return book.relation(key.userid, key.externalUserId);
}

/** @throws {ActionError} 404 `unknown_relation` */
export function requireRelation(platform: Platform, key: RelationKey): SandboxRelation {
  const relation = relationOf(platform, key);
  if (!relation) throw new ActionError(404, 'unknown_relation', '他们还不是联系人');
  return relation;
}

/** Whether the app hears of this member's customers: it may, and he is in its range and has 客户联系. Source: wecom.md §2.0. */
export function isReached({ book, rules }: Platform, userid: string): boolean {
  const staff = book.staff(userid);
  return rules.hasContactPermission && staff !== undefined && staff.isVisible && staff.hasCustomers;
}
