import { expect, it } from 'vitest';
import { remindOwnersJob } from '../../../../jobs/remind-owners.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aMember } from '../../../support/a-visitor.ts';
import { aSyncedWorld } from '../../../support/a-world.ts';
import { setDue, notifiedTo } from '../../../support/due-world.ts';

it('tells who stands in what is due, and nothing to who is away', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });
  await setDue(world, '甲', { dueOn: '2026-03-11' });
  const anna = await aMember(world.origin, 'anna');
  const leave = { from: '2026-03-11', to: '2026-03-12', standInId: 'ben' };
  const send = async (body: object) => (await anna.send('/api/v1/absences', body)).status;
  expect(await send(leave)).toBe(200);
  expect(await send(leave)).toBe(409);
  expect(await send({ ...leave, staffId: 'carl' })).toBe(403);
  await world.run(remindOwnersJob);
  expect(notifiedTo(world, 'anna')).toEqual([]);
  expect(notifiedTo(world, 'ben')).toHaveLength(1);
  const { absences } = (await anna.read('/api/v1/absences')) as { absences: { id: string }[] };
  expect(absences).toMatchObject([{ staff: { staffId: 'anna' }, standIn: { staffId: 'ben' } }]);
  expect((await anna.send(`/api/v1/absences/${absences[0]?.id}/cancel`, {})).status).toBe(200);
  const kept = await world.context.audit.list({ subject: 'staff:anna', limit: 9 });
  expect(kept.filter(({ act }) => act.startsWith('absence'))).toHaveLength(2); // beside her sign-in
});
