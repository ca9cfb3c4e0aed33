import { describe, expect, it } from 'vitest';
import { groupFacts, isSameGroup } from '../../../../server/domain/contacts/group-facts.ts';

const day = (number: number) => new Date(Date.UTC(2026, 2, number));
const aMember = (id: string, more: object = {}) => ({
  id,
  isStaff: id === 'anna',
  joinedAt: day(2),
  joinScene: 1,
  state: '',
  ...more,
});
const told = (more: object = {}) => ({
  chatId: 'wr1',
  name: '华东客户群',
  ownerId: 'anna',
  createdAt: day(1),
  notice: '',
  members: [aMember('anna'), aMember('wm1', { name: '王芳' })],
  version: 'v1',
  ...more,
});

it('keeps no names of members, and counts them', () => {
  const facts = groupFacts(told());
  expect(facts).toMatchObject({ _id: 'wr1', memberCount: 2, staffCount: 1 });
  expect(JSON.stringify(facts)).not.toContain('王芳');
});

describe('a group as we have it', () => {
  const kept = { ...groupFacts(told()), dismissedAt: null };

  it('is the same, whatever the order of its members', () => {
    expect(isSameGroup(kept, groupFacts(told({ members: told().members.toReversed() })))).toBe(true);
  });

  it.each([
    ['name', { name: '华北客户群' }],
    ['owner', { ownerId: 'ben' }],
    ['notice', { notice: '周五聚会' }],
    ['version', { version: 'v2' }],
    ['members', { members: [aMember('anna')] }],
    ['way of joining', { members: [aMember('anna'), aMember('wm1', { state: 'expo' })] }],
  ])('is another with another %s', (_, more) => {
    expect(isSameGroup(kept, groupFacts(told(more)))).toBe(false);
  });

  it('is another when we did not know it, or held it for dismissed', () => {
    expect(isSameGroup(undefined, groupFacts(told()))).toBe(false);
    expect(isSameGroup({ ...kept, dismissedAt: day(3) }, groupFacts(told()))).toBe(false);
  });
});
