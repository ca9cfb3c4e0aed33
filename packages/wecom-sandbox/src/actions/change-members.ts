import { ActionError } from '../action-error.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { GroupMember, SandboxGroup } from '../slices/groups.ts';
import { nextVersion } from '../slices/group-version.ts';
import type { XmlField } from '../state.ts';
import { personOf, requireGroup, tellGroup } from './find-group.ts';

/** How people come into a group: by a member's hand, by his link, or by a QR code, perhaps that of a join way. */
export type AddMembers = {
  chatId: string;
  ids: string[];
  scene?: 'invited' | 'link' | 'scanned' | undefined;
  invitorId?: string | undefined;
  configId?: string | undefined;
};

/** Numbers of `join_scene` in groupchat/get. */
const SCENES = { invited: 1, link: 2, scanned: 3 } as const;

/** People join; announced together as add_member. @throws {ActionError} 404, 409 already in, or full */
export function addMembers(platform: Platform, wish: AddMembers): void {
  const group = requireGroup(platform, wish.chatId);
  const people = wish.ids.map((id) => personOf(platform, id));
  if (people.some(({ id }) => group.members.some((member) => member.id === id)))
    throw new ActionError(409, 'already_in_group', '已经在群里');
  if (group.members.length + people.length > platform.rules.groupMembers)
    throw new ActionError(409, 'group_full', '群已满员');
  const scene = SCENES[wish.scene ?? (wish.configId ? 'scanned' : 'invited')];
  const how = {
    joinedAt: unixNow(platform),
    joinScene: scene,
    invitorId: scene === 3 ? null : (wish.invitorId ?? group.ownerId),
    nickname: '',
    state: stateOf(platform, wish),
  };
  change(platform, group, {
    members: [...group.members, ...people.map((person) => ({ ...person, ...how }))],
    // Events know two ways only: by a member, or by a QR code.
    detail: [
      ['UpdateDetail', 'add_member'],
      ['JoinScene', scene === 3 ? '3' : '0'],
    ],
    ids: people.map(({ id }) => id),
  });
}

/** The state of the join way that was scanned; '' without one. @throws {ActionError} 404 `unknown_way` */
function stateOf({ state }: Platform, { configId, chatId }: AddMembers): string {
  if (configId === undefined) return '';
  const way = state.joinWays.find((candidate) => candidate.configId === configId);
  if (!way?.chatIds.includes(chatId)) throw new ActionError(404, 'unknown_way', '这个二维码不能进这个群');
  return way.state;
}

/** People leave by themselves, or are removed by the owner; announced together as del_member. @throws {ActionError} 404, 409 */
export function removeMembers(
  platform: Platform,
  wish: { chatId: string; ids: string[]; isLeaving?: boolean | undefined },
): void {
  const group = requireGroup(platform, wish.chatId);
  const ids = wish.ids.map((id) => personOf(platform, id).id);
  if (ids.some((id) => !group.members.some((member) => member.id === id)))
    throw new ActionError(404, 'not_in_group', '不在群里');
  if (ids.includes(group.ownerId)) throw new ActionError(409, 'is_owner', '群主不能退出，请先转让');
  change(platform, group, {
    members: group.members.filter((member) => !ids.includes(member.id)),
    detail: [
      ['UpdateDetail', 'del_member'],
      ['QuitScene', wish.isLeaving ? '0' : '1'],
    ],
    ids,
  });
}

/** Puts the new members in place; the event names the versions before and after. */
function change(
  platform: Platform,
  group: SandboxGroup,
  { members, detail, ids }: { members: GroupMember[]; detail: XmlField[]; ids: string[] },
): void {
  const before = group.version;
  group.members = members;
  group.adminIds = group.adminIds.filter((id) => members.some((member) => member.id === id));
  group.version = nextVersion(group);
  const fields: XmlField[] = [
    ...detail,
    ['MemChangeCnt', String(ids.length)],
    ['MemChangeList', ids.map((id): XmlField => ['Item', id])],
    ['LastMemVer', before],
    ['CurMemVer', group.version],
  ];
  tellGroup(platform, group, { changeType: 'update', fields });
}
