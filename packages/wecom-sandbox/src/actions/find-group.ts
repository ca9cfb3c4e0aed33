import { ActionError } from '../action-error.ts';
import { isSameUserid } from '../api/find-people.ts';
import { announce } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { SandboxGroup } from '../slices/groups.ts';
import type { XmlField } from '../state.ts';
import { isReached } from './find-relation.ts';

/** @throws {ActionError} 404 `unknown_group`, also for one that was dismissed */
export function requireGroup({ state }: Platform, chatId: string): SandboxGroup {
  const group = state.groups.find((candidate) => candidate.chatId === chatId);
  if (!group || group.dismissedAt !== null) throw new ActionError(404, 'unknown_group', '没有这个群');
  return group;
}

/** Who an id is: a member of the corp or an outside person. @throws {ActionError} 404 `unknown_person` */
export function personOf({ state }: Platform, id: string): { id: string; type: 1 | 2 } {
  const staff = state.corp.staff.find((member) => isSameUserid(member.userid, id));
  if (staff) return { id: staff.userid, type: 1 };
  if (state.corp.customers.some((person) => person.externalUserId === id)) return { id, type: 2 };
  throw new ActionError(404, 'unknown_person', '没有这个人');
}

/** Keeps a change of a group and tells of it, if the app hears of the owner's groups. Source: wecom.md §2.2. */
export function tellGroup(
  platform: Platform,
  group: SandboxGroup,
  told: { changeType: 'create' | 'update' | 'dismiss'; fields?: XmlField[] },
): void {
  const { changeType, fields = [] } = told;
  if (isReached(platform, group.ownerId))
    announce(platform, {
      queue: group.chatId,
      event: 'change_external_chat',
      changeType,
      fields: [['ChatId', group.chatId], ...fields],
    });
  platform.save();
  platform.deliver();
}
