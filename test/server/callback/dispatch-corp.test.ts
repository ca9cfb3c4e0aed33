import { expect, it } from 'vitest';
import { contactXml, deliver } from '../../support/a-callback.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aSyncedWorld, aWorld, type LivingWorld } from '../../support/a-world.ts';

const START = Date.parse('2026-03-11T10:00:00+08:00');
const at = (seconds: number) => new Date(START + seconds * 1000);

const open = async ({ context }: LivingWorld) =>
  (await context.notices.open()).map(({ kind, subject, times }) => `${kind}:${subject} ×${times}`).sort();
const texts = async ({ context }: LivingWorld) => (await context.notices.open()).map(({ text }) => text);

it('reads our tags again when somebody changed them in WeCom', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([]) });
  const before = await world.context.tagCatalog.read();
  const [group] = world.platform.state.corp.tagGroups;
  const [tag] = group?.tags ?? [];
  if (!tag) throw new Error('no tag was made');
  world.platform.actions.deleteTag({ id: tag.id });
  await world.settled();
  const after = await world.context.tagCatalog.read();
  expect(JSON.stringify(before)).toContain(tag.id);
  expect(JSON.stringify(after)).not.toContain(tag.id);
  expect(await world.context.inbox.list('done', 5)).toMatchObject([{ subject: 'tags' }]);
});

it('tells administrators that the uses of acquisition links run out, once, until there are more', async () => {
  const world = await aWorld();
  const { tellAcquisition } = world.platform.actions;
  tellAcquisition({ changeType: 'balance_low' });
  await world.settled();
  expect(await texts(world)).toEqual([expect.stringContaining('不足 20 次')]);
  tellAcquisition({ changeType: 'balance_exhausted' });
  await world.settled();
  expect(await texts(world)).toEqual([expect.stringContaining('已用完')]);
  expect(await open(world)).toEqual(['acquisition-balance: ×2']);
  tellAcquisition({ changeType: 'balance_increased' });
  await world.settled();
  expect(await open(world)).toEqual([]);
});

it('tells of uses that expire on a day of the corp, and of links that do not work', async () => {
  const world = await aWorld();
  const { tellAcquisition } = world.platform.actions;
  const expiresAt = Date.parse('2026-03-24T16:30:00Z') / 1000;
  tellAcquisition({ changeType: 'quota_expire_soon', expiresAt, expiringUses: 50 });
  tellAcquisition({ changeType: 'link_unavailable', linkId: 'ca1' });
  tellAcquisition({ changeType: 'delete_link', linkId: 'ca2' });
  await world.settled();
  const links = ['acquisition-link:ca1 ×1', 'acquisition-link:ca2 ×1'];
  expect(await open(world)).toEqual([...links, 'acquisition-quota: ×1']);
  expect((await texts(world)).join()).toContain('有 50 次使用量将于 2026-03-25 过期');
});

it('keeps other news of acquisition links and leaves them alone', async () => {
  const world = await aWorld();
  const visit = { linkId: 'ca1', state: 'expo' };
  world.platform.actions.tellAcquisition({ changeType: 'friend_request', ...visit });
  world.platform.actions.tellService({ openKfId: 'wk1' });
  await world.settled();
  expect((await world.context.inbox.list('ignored', 5)).map(({ kind }) => kind).sort()).toEqual([
    'customer_acquisition.friend_request',
    'kf_msg_or_event',
  ]);
  expect(await open(world)).toEqual([]);
});

const ofLink = (change: string, fields: Record<string, string> & { at: string }) =>
  contactXml(change, fields).replace('change_external_contact', 'customer_acquisition');

it('learns of a customer from their first message through an acquisition link, and of one who left', async () => {
  const world = await aWorld({ corp: aTeamCorp([['anna', 'wm1', '启明精密']]) });
  const told = { at: at(0).toISOString(), UserID: 'anna', ExternalUserID: 'wm1', LinkId: 'ca1' };
  await deliver(world.origin, ofLink('customer_start_chat', told));
  await world.settled();
  const relation = () => world.context.relations.find({ staffId: 'anna', externalUserId: 'wm1' });
  expect(await relation()).toMatchObject({ lostAt: null });
  world.setNow(at(60));
  await deliver(world.origin, ofLink('del_follow_user', { ...told, at: at(60).toISOString() }));
  await world.settled();
  expect(await relation()).toMatchObject({ lostBy: 'by_contact' });
  await deliver(world.origin, ofLink('del_follow_user', { at: at(61).toISOString(), LinkId: 'ca1' }));
  await world.settled();
  expect(await world.context.inbox.count('done')).toBe(3);
});

it('knows a customer whom WeCom took away after a transfer for transferred, not for deleted', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '启明精密']]) });
  world.setNow(at(60));
  const gone = { at: at(60).toISOString(), UserID: 'ANNA', ExternalUserID: 'wm1' };
  await deliver(world.origin, contactXml('del_external_contact', { ...gone, Source: 'DELETE_BY_TRANSFER' }));
  await world.settled();
  const relation = await world.context.relations.find({ staffId: 'anna', externalUserId: 'wm1' });
  expect(relation).toMatchObject({ lostBy: 'transferred', lostAt: at(60) });
});
