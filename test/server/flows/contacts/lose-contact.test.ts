import { expect, it } from 'vitest';
import { loseContact } from '../../../../server/flows/contacts/lose-contact.ts';
import { recordContact } from '../../../../server/flows/contacts/record-contact.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';

const AT = new Date('2026-03-11T10:00:00+08:00');
const followed = () =>
  aSyncedWorld({
    corp: aTeamCorp([
      ['anna', 'wm1', '启明精密'],
      ['ben', 'wm1', '启明精密'],
    ]),
  });
const relations = async ({ context }: LivingWorld) =>
  (await context.relations.ofContact('wm1')).map(({ staffId, lostBy }) => `${staffId} ${lostBy}`).sort();

it('loses the relation of that member only, however they are spelled', async () => {
  const world = await followed();
  await loseContact(world.context, { staffId: 'ANNA', externalUserId: 'wm1' }, { by: 'by_staff', at: AT });
  expect(await relations(world)).toEqual(['anna by_staff', 'ben null']);
});

it('keeps the loss of a relation that nobody knew of, and leaves those of others alone', async () => {
  const world = await followed();
  await loseContact(world.context, { staffId: 'ann', externalUserId: 'wm1' }, { by: 'by_staff', at: AT });
  expect(await relations(world)).toEqual(['ann by_staff', 'anna null', 'ben null']);
});

it('does not lose a relation that is newer than the news', async () => {
  const world = await followed();
  const { followedAt } = (await world.context.relations.ofContact('wm1'))[0] ?? {};
  const before = new Date((followedAt?.getTime() ?? 0) - 1);
  const key = { staffId: 'anna', externalUserId: 'wm1' };
  await loseContact(world.context, key, { by: 'by_contact', at: before });
  expect(await relations(world)).toEqual(['anna null', 'ben null']);
});

it('marks a relation that WeCom does not tell any more gone, however the member is spelled', async () => {
  const world = await followed();
  const key = { staffId: 'Anna', externalUserId: 'wm1' };
  world.platform.faults.next('externalcontact/get', { errcode: 84061 });
  expect(await recordContact(world.context, key, { addedAt: null })).toBe(false);
  expect(await relations(world)).toEqual(['anna gone', 'ben null']);
});
