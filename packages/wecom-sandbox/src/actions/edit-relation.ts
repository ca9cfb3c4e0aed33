import { ActionError } from '../action-error.ts';
import type { SandboxRelation } from '../corp.ts';
import { announce } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { isReached, requireRelation } from './find-relation.ts';
import type { RelationKey } from './find-relation.ts';

/** What a member changes about a customer in the client. */
export type EditRemark = RelationKey & {
  remark?: string | undefined;
  remarkCorpName?: string | undefined;
  description?: string | undefined;
  remarkMobiles?: string[] | undefined;
};

/** Announces edit_external_contact, except when only the mobiles changed. @throws {ActionError} 400, 404 */
export function editRemark(platform: Platform, wish: EditRemark): void {
  const relation = requireRelation(platform, wish);
  const { remark, remarkCorpName, description, remarkMobiles } = wish;
  if ([remark, remarkCorpName].some((text) => (text?.length ?? 0) > 20) || (description?.length ?? 0) > 150)
    throw new ActionError(400, 'too_long', '备注和企业最多 20 字，描述最多 150 字');
  const changes = Object.entries({ remark, remarkCorpName, description, remarkMobiles }).filter(
    ([, value]) => value !== undefined,
  );
  Object.assign(relation, Object.fromEntries(changes));
  const isHeardOf = changes.some(([name]) => name !== 'remarkMobiles');
  finish(platform, relation, isHeardOf ? 'edit_external_contact' : null);
}

/** The member changes the customer's corp tags in the client; announced as edit_external_contact. @throws {ActionError} 404 */
export function editTags(
  platform: Platform,
  wish: RelationKey & { addTagIds?: string[]; removeTagIds?: string[] },
): void {
  const relation = requireRelation(platform, wish);
  const { addTagIds = [], removeTagIds = [] } = wish;
  const kept = relation.tagIds.filter((id) => !removeTagIds.includes(id));
  relation.tagIds = [...new Set([...kept, ...addTagIds])];
  finish(platform, relation, 'edit_external_contact');
}

/** The member deletes the customer: the relation is gone, del_external_contact. @throws {ActionError} 404 */
export function deleteCustomer(platform: Platform, key: RelationKey): void {
  const relation = requireRelation(platform, key);
  platform.book.removeRelation(relation);
  finish(platform, relation, 'del_external_contact');
}

/** The customer deletes the member: the member still sees him, del_follow_user. @throws {ActionError} 404, 409 */
export function deleteStaff(platform: Platform, key: RelationKey): void {
  const relation = requireRelation(platform, key);
  if (relation.deletedByCustomer) throw new ActionError(409, 'already_deleted', '客户已经删除了这位成员');
  relation.deletedByCustomer = true;
  finish(platform, relation, 'del_follow_user');
}

/** Keeps the change and, if there is something to tell, sends it; `changeType` null keeps silent. */
function finish(platform: Platform, relation: SandboxRelation, changeType: string | null): void {
  const { userid, externalUserId } = relation;
  if (changeType !== null && isReached(platform, userid)) {
    const fields: [string, string][] = [
      ['UserID', userid],
      ['ExternalUserID', externalUserId],
    ];
    announce(platform, { queue: externalUserId, event: 'change_external_contact', changeType, fields });
  }
  platform.save();
  platform.deliver();
}
