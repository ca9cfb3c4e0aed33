import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { SandboxStaff } from '../corp.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { SandboxGroup } from '../slices/groups.ts';
import { nextVersion } from '../slices/group-version.ts';
import { defineApi } from './define-api.ts';
import { visibleGroups } from './find-groups.ts';
import { isSameUserid } from './find-people.ts';
import { servingStaff } from './serving-staff.ts';

const fields = z.object({ chat_id_list: z.array(z.string()).min(1).max(100), new_owner: z.string() });
type Kind = 'on_job' | 'resigned';
type Wish = { platform: Platform; kind: Kind; owner: SandboxStaff };

/** Whether the owner works here decides which of the two APIs fits; 0 when it is this one. */
function ownerProblem({ platform, kind }: Wish, { ownerId, inheritance }: SandboxGroup): number {
  const owner = platform.state.corp.staff.find((member) => isSameUserid(member.userid, ownerId));
  const hasLeft = owner?.status === 5;
  if (kind === 'on_job') return hasLeft ? 90502 : 0;
  if (inheritance === 2) return 90507;
  if (hasLeft) return 0;
  return inheritance === 3 ? 90508 : 90500;
}

/** Why this group cannot change its owner; 0 when it can. */
function problemOf(wish: Wish, chatId: string): number {
  const { platform, owner } = wish;
  const group = visibleGroups(platform).find((candidate) => candidate.chatId === chatId);
  if (!group) return 90501;
  const problem = ownerProblem(wish, group);
  if (problem !== 0) return problem;
  if (isSameUserid(group.ownerId, owner.userid)) return 90504;
  const isIn = group.members.some(({ id }) => id === owner.userid);
  return !isIn && group.members.length >= platform.rules.groupMembers ? 90503 : 0;
}

/** The new owner comes into the group; the old one stays, unless he left the corp. */
function handOver({ platform, kind, owner }: Wish, chatId: string): void {
  const group = platform.state.groups.find((candidate) => candidate.chatId === chatId);
  if (!group) return;
  const former = group.ownerId;
  const { userid } = owner;
  if (!group.members.some(({ id }) => id === userid)) {
    const joined = { joinedAt: unixNow(platform), joinScene: 1, invitorId: former } as const;
    group.members.push({ id: userid, type: 1, ...joined, nickname: '', state: '' });
  }
  if (kind === 'resigned') {
    group.members = group.members.filter(({ id }) => id !== former);
    group.inheritance = 3;
  }
  group.ownerId = userid;
  group.version = nextVersion(group);
}

/** Moves what can be moved at once; the others are told by their own errcode. No event tells of it. */
function transfer(
  platform: Platform,
  kind: Kind,
  { chat_id_list: chatIds, new_owner: to }: z.infer<typeof fields>,
) {
  const wish = { platform, kind, owner: servingStaff(platform, to) };
  const failed = chatIds.flatMap((chatId) => {
    const errcode = problemOf(wish, chatId);
    if (errcode !== 0) return [{ chat_id: chatId, errcode, errmsg: new ApiError(errcode).message }];
    handOver(wish, chatId);
    return [];
  });
  return { failed_chat_list: failed };
}

const api = (path: string, title: string, kind: Kind) =>
  defineApi({
    method: 'POST',
    path,
    title,
    writes: true,
    empty: { failed_chat_list: [] },
    fields,
    missing: { new_owner: 40003 },
    run: (platform, asked) => transfer(platform, kind, asked),
  });

/** Giving groups another owner. Source: wecom.md §3.8. */
export const transferGroupApis = [
  api('/cgi-bin/externalcontact/groupchat/transfer', '分配离职成员的客户群', 'resigned'),
  api('/cgi-bin/externalcontact/groupchat/onjob_transfer', '分配在职成员的客户群', 'on_job'),
];
