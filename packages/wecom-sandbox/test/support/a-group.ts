import type { GroupMember, SandboxGroup } from '../../src/slices/groups.ts';
import { MET_AT } from './small-corp.ts';

/** Somebody in a group, invited by ZhangSan. */
export function aMember(id: string, more: Partial<GroupMember> = {}): GroupMember {
  return {
    id,
    type: /^w[mo]/.test(id) ? 2 : 1,
    joinedAt: MET_AT,
    joinScene: 1,
    invitorId: 'ZhangSan',
    nickname: '',
    state: '',
    ...more,
  };
}

/** ZhangSan's group with wm1 in it. */
export function aGroup(chatId: string, more: Partial<SandboxGroup> = {}): SandboxGroup {
  return {
    chatId,
    openGid: `og-${chatId}`,
    name: `群 ${chatId}`,
    ownerId: 'ZhangSan',
    createdAt: MET_AT,
    notice: '',
    members: [aMember('ZhangSan', { invitorId: null }), aMember('wm1')],
    adminIds: [],
    version: '0'.repeat(32),
    inheritance: 0,
    dismissedAt: null,
    ...more,
  };
}
