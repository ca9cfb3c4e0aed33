import { ActionError } from '../action-error.ts';
import { isSameUserid } from '../api/find-people.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { GroupMember, SandboxGroup } from '../slices/groups.ts';
import { nextVersion } from '../slices/group-version.ts';
import { nextId } from '../state.ts';
import { personOf, requireGroup, tellGroup } from './find-group.ts';
import { staffNamed } from './find-relation.ts';

/** Somebody who has just been invited. */
const invited = (
  person: { id: string; type: 1 | 2 },
  { at, invitorId }: { at: number; invitorId: string | null },
): GroupMember => ({ ...person, joinedAt: at, joinScene: 1, invitorId, nickname: '', state: '' });

/** A member opens a customer group with others in it; announced as create. @throws {ActionError} 404, 409 */
export function createGroup(
  platform: Platform,
  wish: { ownerId: string; name: string; memberIds?: string[] | undefined },
): { chatId: string } {
  const { state } = platform;
  const owner = staffNamed(platform, wish.ownerId);
  if (!owner.hasCustomers) throw new ActionError(409, 'no_customer_function', '这位成员没有客户联系功能');
  const people = (wish.memberIds ?? []).map((id) => personOf(platform, id));
  const at = unixNow(platform);
  const others = people.filter(({ id }) => id !== owner.userid);
  const members = [
    invited({ id: owner.userid, type: 1 }, { at, invitorId: null }),
    ...others.map((person) => invited(person, { at, invitorId: owner.userid })),
  ];
  const group: SandboxGroup = {
    chatId: nextId(state, 'wr'),
    openGid: nextId(state, 'og'),
    name: wish.name,
    ownerId: owner.userid,
    createdAt: at,
    notice: '',
    members,
    adminIds: [],
    version: '',
    inheritance: 0,
    dismissedAt: null,
  };
  group.version = nextVersion(group);
  state.groups.push(group);
  tellGroup(platform, group, { changeType: 'create' });
  return { chatId: group.chatId };
}

/** The owner dismisses the group; announced as dismiss. @throws {ActionError} 404 */
export function dismissGroup(platform: Platform, wish: { chatId: string }): void {
  const group = requireGroup(platform, wish.chatId);
  group.dismissedAt = unixNow(platform);
  tellGroup(platform, group, { changeType: 'dismiss' });
}

/** Announces a change that names nobody. */
const tellUpdate = (platform: Platform, group: SandboxGroup, detail: string) =>
  tellGroup(platform, group, { changeType: 'update', fields: [['UpdateDetail', detail]] });

/** Hands the group to another member who is in it; announced as change_owner. @throws {ActionError} 404, 409 */
export function changeOwner(platform: Platform, wish: { chatId: string; ownerId: string }): void {
  const group = requireGroup(platform, wish.chatId);
  const owner = staffNamed(platform, wish.ownerId);
  if (isSameUserid(owner.userid, group.ownerId))
    throw new ActionError(409, 'already_owner', '这位成员已经是群主');
  if (!group.members.some(({ id }) => id === owner.userid))
    throw new ActionError(409, 'not_in_group', '这位成员不在群里');
  group.ownerId = owner.userid;
  tellUpdate(platform, group, 'change_owner');
}

/** Renames the group; announced as change_name. @throws {ActionError} 404 */
export function renameGroup(platform: Platform, wish: { chatId: string; name: string }): void {
  const group = requireGroup(platform, wish.chatId);
  group.name = wish.name;
  tellUpdate(platform, group, 'change_name');
}

/** Writes the notice of the group; announced as change_notice. @throws {ActionError} 404 */
export function changeNotice(platform: Platform, wish: { chatId: string; notice: string }): void {
  const group = requireGroup(platform, wish.chatId);
  group.notice = wish.notice;
  tellUpdate(platform, group, 'change_notice');
}
