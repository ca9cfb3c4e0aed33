import { expect, it } from 'vitest';
import { askNpsJob } from '../../../../jobs/ask-nps.ts';
import { startCampaign } from '../../../../server/flows/nps/start-campaign.ts';
import { aTeamCorp, type Following } from '../../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../../support/a-world.ts';
import { anOpenCampaign, ask, asked, countAsked, stateOf } from '../../../support/nps-world.ts';
import { onlyActive } from '../../../support/only-active.ts';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-03-11T10:00:00+08:00');
const three: Following[] = [
  ['anna', 'wm1', 'A'],
  ['anna', 'wm2', 'B'],
  ['ben', 'wm3', 'C'],
];
const many = (count: number): Following[] =>
  Array.from({ length: count }, (_, n) => ['anna', `wm${String(n).padStart(2, '0')}`, `公司${n}`]);

it('asks nobody without a campaign', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(three) });
  expect(await ask(world)).toMatchObject({ seen: 0, done: 0 });
  expect(asked(world)).toEqual([]);
});

it('proposes one message to each member, which nobody gets before it is confirmed', async () => {
  const { world, campaign } = await anOpenCampaign(three);
  expect(await ask(world)).toEqual({ seen: 6, done: 3, failed: 0 });
  expect(asked(world)).toEqual(['anna: wm1 wm2', 'ben: wm3']);
  const [message] = world.platform.state.massMessages;
  expect(message?.links[0]?.url).toContain(`${world.origin}/s/c/${campaign._id}?b=nps%3A`);
  expect(await stateOf(world, campaign, 'wm1')).toBe('proposed');
  expect(world.platform.state.messages).toEqual([]);
});

it('asks no second time on the same day or a later one', async () => {
  const { world } = await anOpenCampaign(three);
  await ask(world);
  await ask(world);
  world.setNow(new Date(START + DAY_MS));
  expect(await ask(world)).toMatchObject({ done: 0, failed: 0 });
  expect(asked(world)).toHaveLength(2);
});

it('asks only the tiers that the campaign is for', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(three) });
  const head = await world.context.accounts.findByKey('b');
  await world.context.accounts.update(head?._id ?? '', { tier: 'head' });
  await startCampaign(world.context, { name: '头部', tiers: ['head', 'waist'] });
  await ask(world);
  expect(asked(world)).toEqual(['anna: wm2']);
});

it.each([
  ['other', 29, 0],
  ['other', 30, 1],
  ['relationship', 179, 0],
  ['relationship', 180, 1],
])('lets a contact rest: programme %s after %i days asks %i', async (programme, days, done) => {
  const { world } = await anOpenCampaign([['anna', 'wm1', 'A']]);
  await ask(world);
  const opensAt = new Date(START + days * DAY_MS);
  const closesAt = new Date(opensAt.getTime() + DAY_MS);
  await world.context.campaigns.create({
    _id: 'later',
    name: '后续',
    programme,
    tiers: [],
    opensAt,
    closesAt,
  });
  world.setNow(opensAt);
  expect(await ask(world)).toMatchObject({ done });
});

it('asks a contact once whom two members follow, also when two runs race', async () => {
  const shared: Following[] = ['wm1', 'wm2', 'wm3'].flatMap((id): Following[] => [
    ['anna', id, '甲'],
    ['ben', id, '甲'],
  ]);
  const { world, campaign } = await anOpenCampaign(shared);
  const run = () => askNpsJob.run(world.context, { byHand: true });
  const runs = await Promise.all([run(), run()]);
  expect(runs.reduce((sum, { done = 0 }) => sum + done, 0)).toBe(3);
  const ids = asked(world).flatMap((line) => (line.split(': ')[1] ?? '').split(' '));
  expect(ids.sort()).toEqual(['wm1', 'wm2', 'wm3']);
  expect(await countAsked(world, campaign)).toBe(3);
});

it('notes who cannot get the message, and does not count them as asked', async () => {
  const { world, campaign } = await anOpenCampaign(three);
  world.platform.state.corp.relations.splice(0, 1);
  expect(await ask(world)).toMatchObject({ done: 2, failed: 0 });
  expect(await stateOf(world, campaign, 'wm1')).toBe('unsendable');
  expect(await stateOf(world, campaign, 'wm2')).toBe('proposed');
  expect(await countAsked(world, campaign)).toBe(2);
});

it('takes 41048 for nobody: not asked again in this campaign, but in the next', async () => {
  const { world, campaign } = await anOpenCampaign([['anna', 'wm1', 'A']]);
  world.platform.faults.next('add_msg_template', { errcode: 41048 });
  expect(await ask(world)).toMatchObject({ done: 0, failed: 1 });
  expect(await stateOf(world, campaign, 'wm1')).toBe('unsendable');
  expect(await ask(world)).toMatchObject({ done: 0, failed: 0 });
  await startCampaign(world.context, { name: '再次', tiers: [] });
  expect(await ask(world)).toMatchObject({ done: 1 });
});

it('asks fifty contacts of a member a day, and the rest the next day', async () => {
  const { world } = await anOpenCampaign(many(60));
  expect(await ask(world)).toMatchObject({ done: 50 });
  expect(await ask(world)).toMatchObject({ done: 0 });
  world.setNow(new Date(START + DAY_MS));
  expect(await ask(world)).toMatchObject({ done: 10 });
});

it('gets past contacts who cannot be asked', async () => {
  const { world } = await anOpenCampaign(many(55));
  world.platform.state.corp.relations.splice(0, 50);
  await ask(world);
  world.setNow(new Date(START + DAY_MS));
  expect(await ask(world)).toMatchObject({ done: 5 });
});

it('asks neither lost contacts nor those of members who left', async () => {
  const { world } = await anOpenCampaign(three);
  world.platform.actions.deleteStaff({ userid: 'anna', externalUserId: 'wm1' });
  await world.settled();
  await onlyActive(world.context, ['anna']);
  await ask(world);
  expect(asked(world)).toEqual(['anna: wm2']);
});

it('asks nobody on a holiday unless somebody wants it now, and nobody after the close', async () => {
  const { world } = await anOpenCampaign(three);
  world.setNow('2026-03-14T10:00:00+08:00');
  expect(await world.run(askNpsJob)).toEqual({ free_day: 1 });
  world.setNow(new Date(START + 14 * DAY_MS));
  expect(await ask(world)).toMatchObject({ seen: 0 });
});

it('refuses a second campaign of the same name', async () => {
  const { world } = await anOpenCampaign([]);
  await expect(startCampaign(world.context, { name: '一季度', tiers: [] })).rejects.toMatchObject({
    status: 409,
    code: 'campaign_exists',
  });
});
