import { expect, it } from 'vitest';
import { collectResultsJob } from '../../../../jobs/collect-results.ts';
import { aNote } from '../../../support/a-note.ts';
import { aMember } from '../../../support/a-visitor.ts';
import { anOpenCampaign, ask, asked, confirmAll } from '../../../support/nps-world.ts';

/** anna follows wm1 of 甲, who is asked for a mark. */
async function aDesk() {
  const { world, campaign } = await anOpenCampaign([['anna', 'wm1', '甲']]);
  const account = async () => world.context.accounts.findByKey('甲');
  const touchedAt = async () => (await account())?.lastTouchAt ?? null;
  const dueOn = async () => (await account())?.dueOn;
  return { world, campaign, touchedAt, dueOn, anna: await aMember(world.origin, 'anna') };
}

it('what counts as a touch: a mass message does not, though it was confirmed and sent', async () => {
  const { world, touchedAt, dueOn } = await aDesk();
  const before = await dueOn();
  await ask(world);
  confirmAll(world);
  await world.run(collectResultsJob);
  expect(asked(world)).toEqual(['anna: wm1']);
  expect([await touchedAt(), await dueOn()]).toEqual([null, before]);
});

it.each(['call', 'visit'] as const)(
  'what counts as a touch: a logged follow-up does, by %s',
  async (channel) => {
    const { world, anna, touchedAt } = await aDesk();
    await anna.send('/api/v1/contacts/wm1/follow-ups', aNote({ channel }));
    expect(await touchedAt()).toEqual(world.context.now());
  },
);

it('what counts as a touch: an answered NPS does not, it is what the customer did', async () => {
  const { world, campaign, touchedAt } = await aDesk();
  await ask(world);
  const token = world.context.signer.seal('survey', `${campaign._id}:wm1`);
  const answer = await fetch(new URL(`/api/v1/survey/${token}`, world.origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: world.origin },
    body: JSON.stringify({ score: 6 }),
  });
  expect(answer.status).toBe(200);
  expect(await touchedAt()).toBeNull();
  expect((await world.context.accounts.findByKey('甲'))?.lastSignAt).toEqual(world.context.now());
});
