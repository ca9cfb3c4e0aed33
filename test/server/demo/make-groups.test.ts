import { expect, it } from 'vitest';
import { makeCorp } from '../../../server/demo/make-corp.ts';
import { openSmall } from '../../../packages/wecom-sandbox/test/support/open-small.ts';

const now = new Date('2026-03-10T02:00:00.000Z');
const SEEDS = [1, 7, 20_260_101];

it.each(SEEDS)('makes eight groups of people who know their owner (seed %i)', (seed) => {
  const { corp } = makeCorp({ seed, now });
  const groups = corp.groups ?? [];
  expect(groups).toHaveLength(8);
  expect(new Set(groups.map((group) => group.chatId)).size).toBe(8);
  const known = new Set(corp.relations.map((row) => `${row.userid}|${row.externalUserId}`));
  for (const group of groups) {
    expect(group.chatId).toMatch(/^wr\w{30}$/);
    expect(group.version).toMatch(/^[0-9a-f]{32}$/);
    expect(corp.staff.some((member) => member.userid === group.ownerId)).toBe(true);
    expect(group.members[0]).toMatchObject({ id: group.ownerId, type: 1, invitorId: null });
    const customers = group.members.filter((member) => member.type === 2);
    expect(customers.length).toBeGreaterThanOrEqual(2);
    expect(new Set(group.members.map((member) => member.id)).size).toBe(group.members.length);
    for (const { id } of customers) expect(known.has(`${group.ownerId}|${id}`)).toBe(true);
  }
});

it.each(SEEDS)('lets nobody join before the group, or in the future (seed %i)', (seed) => {
  for (const group of makeCorp({ seed, now }).corp.groups ?? [])
    for (const member of group.members) {
      expect(member.joinedAt).toBeGreaterThanOrEqual(group.createdAt);
      expect(member.joinedAt).toBeLessThanOrEqual(now.getTime() / 1000);
    }
});

it('shows its groups through the API', async () => {
  const { corp } = makeCorp({ seed: 1, now });
  const { write } = await openSmall({ corp });
  const list = await write('externalcontact/groupchat/list', { limit: 100 });
  expect(list['group_chat_list']).toHaveLength(8);
});
