import { expect, it } from 'vitest';
import { recordContact } from '../../../../server/flows/contacts/record-contact.ts';
import { contactXml, deliver } from '../../../support/a-callback.ts';
import { aCustomer, aTeamCorp, type Following } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, aWorld } from '../../../support/a-world.ts';
import { workThrough } from '../../../support/work-through.ts';
import { aRelation, aStaff } from '../../../../packages/wecom-sandbox/test/support/small-corp.ts';

const AT = '2026-03-11T10:00:00+08:00';
const renamed = <Row extends object>(row: Row) => ({ ...row, remarkCorpName: '远洋' });

it('keeps the spelling of a member that it knows, so that nobody follows twice', async () => {
  const { context } = await aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '启明精密']]) });
  const { get } = context.wecom.contacts;
  context.wecom.contacts.get = async (externalUserId) => {
    const found = await get(externalUserId);
    const relations = found.relations.map((each) => ({ ...each, staffId: 'Anna', remark: '新备注' }));
    return { ...found, relations };
  };
  expect(await recordContact(context, { staffId: 'ANNA', externalUserId: 'wm1' }, { addedAt: null })).toBe(
    true,
  );
  expect(await context.relations.ofContact('wm1')).toMatchObject([{ staffId: 'anna', remark: '新备注' }]);
});

it('brings back a relation that was lost, when the event spells the member otherwise', async () => {
  const { context } = await aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '启明精密']]) });
  const key = { staffId: 'anna', externalUserId: 'wm1' };
  await context.relations.lose(key, 'by_contact', new Date(AT));
  await recordContact(context, { ...key, staffId: 'Anna' }, { addedAt: null });
  expect(await context.relations.find(key)).toMatchObject({ lostBy: 'by_contact' });
  await recordContact(context, { ...key, staffId: 'Anna' }, { addedAt: new Date(AT) });
  expect(await context.relations.find(key)).toMatchObject({ lostBy: null });
});

it('keeps what WeCom tells of a stranger who got known in the same moment', async () => {
  const corp = aTeamCorp([['anna', 'wm1', '启明精密']]);
  const { context } = await aSyncedWorld({ corp });
  const key = { staffId: 'anna', externalUserId: 'wm1' };
  const { get } = context.wecom.contacts;
  context.wecom.contacts.get = async (externalUserId) => {
    const found = await get(externalUserId);
    const { contact, relations } = found;
    return { ...found, contact: { ...contact, name: '新名字' }, relations: relations.map(renamed) };
  };
  const asYet = {
    ...context,
    contacts: { ...context.contacts, find: () => Promise.resolve(null) },
    relations: { ...context.relations, ofContact: () => Promise.resolve([]) },
  };
  expect(await recordContact(asYet, key, { addedAt: new Date(AT) })).toBe(true);
  expect(await context.contacts.find('wm1')).toMatchObject({ name: '新名字' });
  expect(await context.relations.find(key)).toMatchObject({ remarkCorpName: '远洋', lostAt: null });
});

it.each([['anna'], [null]])(
  'loses nobody whose row may be one that cannot be read (%s), and keeps what it can read',
  async (unread) => {
    const book: Following[] = [
      ['anna', 'wm1', '启明精密'],
      ['ben', 'wm1', '启明精密'],
    ];
    const { context } = await aSyncedWorld({ corp: aTeamCorp(book) });
    const { get } = context.wecom.contacts;
    context.wecom.contacts.get = async (externalUserId) => {
      const found = await get(externalUserId);
      const readable = found.relations.filter(({ staffId }) => staffId === 'ben').map(renamed);
      return { ...found, relations: readable, unread: [unread] };
    };
    const key = { staffId: 'anna', externalUserId: 'wm1' };
    expect(await recordContact(context, key, { addedAt: null })).toBe(true);
    expect(await context.relations.find(key)).toMatchObject({ lostAt: null });
    expect(await context.relations.find({ ...key, staffId: 'ben' })).toMatchObject({
      remarkCorpName: '远洋',
    });
  },
);

it('records a customer whom 600 members follow', { timeout: 60_000 }, async () => {
  const staff = Array.from({ length: 600 }, (_, n) => `s${n}`);
  const corp = aTeamCorp([], {
    staff: staff.map((userid) => aStaff(userid)),
    customers: [aCustomer('wm1')],
    relations: staff.map((userid, n) =>
      aRelation(userid, 'wm1', { remarkCorpName: '启明精密', createdAt: 1_760_000_000 + n }),
    ),
  });
  const world = await aWorld({ corp });
  const edited = contactXml('edit_external_contact', { at: AT, UserID: 'S599', ExternalUserID: 'wm1' });
  await deliver(world.origin, edited);
  await workThrough(world); // one try may not be long enough for 600 tags
  expect(await world.context.inbox.list(null, 2)).toMatchObject([{ state: 'done' }]);
  const followers = await world.context.relations.ofContact('wm1');
  expect(followers.filter(({ lostAt, tagIds }) => !lostAt && tagIds.length === 1)).toHaveLength(600);
  expect(await world.context.contacts.find('wm1')).toMatchObject({ isPlaced: true });
});
