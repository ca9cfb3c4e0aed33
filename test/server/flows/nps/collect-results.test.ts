import { expect, it } from 'vitest';
import { collectResultsJob } from '../../../../jobs/collect-results.ts';
import type { Following } from '../../../support/a-team-corp.ts';
import { anOpenCampaign, ask, asked, confirmAll, countAsked, stateOf } from '../../../support/nps-world.ts';

const two: Following[] = [
  ['anna', 'wm1', 'A'],
  ['anna', 'wm2', 'B'],
];
const START = Date.parse('2026-03-11T10:00:00+08:00');
const later = (minutes: number) => new Date(START + minutes * 60_000);

it('learns who got the question once the member has confirmed', async () => {
  const { world, campaign } = await anOpenCampaign(two);
  await ask(world);
  expect(await world.run(collectResultsJob)).toEqual({ seen: 1, done: 0, failed: 0 });
  expect(await stateOf(world, campaign, 'wm1')).toBe('proposed');
  world.platform.state.corp.relations.splice(1, 1);
  confirmAll(world);
  expect(await world.run(collectResultsJob)).toMatchObject({ done: 1 });
  expect([await stateOf(world, campaign, 'wm1'), await stateOf(world, campaign, 'wm2')]).toEqual([
    'sent',
    'unsendable',
  ]);
  expect(await countAsked(world, campaign)).toBe(1);
});

it('counts a contact who had too many messages already as not asked', async () => {
  const { world, campaign } = await anOpenCampaign(two);
  world.platform.rules.massPerPeriod = 0;
  await ask(world);
  confirmAll(world);
  await world.run(collectResultsJob);
  expect(await stateOf(world, campaign, 'wm1')).toBe('unsendable');
});

it.each([{ status: 502 }, { isCut: true }, { isGarbage: true }])(
  'finds a message whose answer was lost (%o) instead of sending it again',
  async (fault) => {
    const { world, campaign } = await anOpenCampaign(two);
    world.platform.faults.next('add_msg_template', { ...fault, isAfterwards: true });
    expect(await ask(world)).toMatchObject({ done: 0, failed: 1 });
    expect(await ask(world)).toMatchObject({ done: 0, failed: 0 });
    world.setNow(later(59));
    await world.run(collectResultsJob);
    expect(await stateOf(world, campaign, 'wm1')).toBe('claimed');
    world.setNow(later(61));
    expect(await world.run(collectResultsJob)).toMatchObject({ failed: 0 });
    expect(await stateOf(world, campaign, 'wm1')).toBe('proposed');
    world.setNow(later(25 * 60));
    await ask(world);
    expect(asked(world)).toEqual(['anna: wm1 wm2']);
    confirmAll(world);
    await world.run(collectResultsJob);
    expect(await stateOf(world, campaign, 'wm2')).toBe('sent');
  },
);

it('gives the right to ask back when the message was certainly never made', async () => {
  const { world, campaign } = await anOpenCampaign(two);
  world.platform.faults.next('add_msg_template', { status: 502 });
  await ask(world);
  expect(asked(world)).toEqual([]);
  world.setNow(later(61));
  await world.run(collectResultsJob);
  expect(await stateOf(world, campaign, 'wm1')).toBeUndefined();
  expect(await ask(world)).toMatchObject({ done: 2 });
  expect(asked(world)).toEqual(['anna: wm1 wm2']);
});

it('does not give it back while WeCom cannot be asked', async () => {
  const { world, campaign } = await anOpenCampaign(two);
  world.platform.faults.next('add_msg_template', { status: 502, isAfterwards: true });
  await ask(world);
  world.setNow(later(61));
  world.platform.faults.next('get_groupmsg_list_v2', { errcode: 40058 });
  expect(await world.run(collectResultsJob)).toMatchObject({ seen: 1, failed: 1 });
  expect(await stateOf(world, campaign, 'wm1')).toBe('claimed');
  await world.run(collectResultsJob);
  expect(await stateOf(world, campaign, 'wm1')).toBe('proposed');
});

it('asks again at the next run after a certain refusal', async () => {
  const { world } = await anOpenCampaign(two);
  world.platform.faults.next('add_msg_template', { errcode: 40058 });
  expect(await ask(world)).toMatchObject({ done: 0, failed: 1 });
  expect(await ask(world)).toMatchObject({ done: 2, failed: 0 });
  expect(asked(world)).toEqual(['anna: wm1 wm2']);
});

it('repeats a refused call within the run', async () => {
  const { world } = await anOpenCampaign(two);
  world.platform.faults.next('add_msg_template', { errcode: 45033 });
  expect(await ask(world)).toMatchObject({ done: 2, failed: 0 });
  expect(asked(world)).toHaveLength(1);
});

it.each([
  [true, 'proposed', 1],
  [false, 'absent', 0],
] as const)(
  'asks nobody twice when WeCom was too busy to answer; the message was made: %s',
  async (isAfterwards, state, made) => {
    const { world, campaign } = await anOpenCampaign(two);
    world.platform.faults.next('add_msg_template', { errcode: -1, isAfterwards });
    expect(await ask(world)).toMatchObject({ failed: 1 });
    world.setNow(later(61));
    await world.run(collectResultsJob);
    expect(world.platform.state.massMessages).toHaveLength(made);
    expect((await stateOf(world, campaign, 'wm1')) ?? 'absent').toBe(state);
  },
);

it('tells the messages of two members apart when both answers were lost', async () => {
  const { world, campaign } = await anOpenCampaign([...two, ['ben', 'wm3', 'C']]);
  world.platform.faults.next('add_msg_template', { status: 502, isAfterwards: true });
  world.platform.faults.next('add_msg_template', { status: 502 });
  expect(await ask(world)).toMatchObject({ failed: 2 });
  world.setNow(later(61));
  await world.run(collectResultsJob);
  expect(await stateOf(world, campaign, 'wm1')).toBe('proposed');
  expect(await stateOf(world, campaign, 'wm3')).toBeUndefined();
});

it('settles whom it can read, and leaves waiting of whom WeCom tells in another shape', async () => {
  const { world, campaign } = await anOpenCampaign(two);
  await ask(world);
  confirmAll(world);
  const recipients = world.platform.state.massMessages.flatMap(({ tasks }) =>
    tasks.flatMap((task) => task.recipients),
  );
  Object.assign(recipients.find(({ externalUserId }) => externalUserId === 'wm1') ?? {}, { status: {} });
  expect(await world.run(collectResultsJob)).toMatchObject({ done: 1, failed: 0 });
  const states = await Promise.all(['wm1', 'wm2'].map((id) => stateOf(world, campaign, id)));
  expect(states).toEqual(['proposed', 'sent']);
});

it('asks nobody again while one of the messages that WeCom lists cannot be read: it may be ours', async () => {
  const { world, campaign } = await anOpenCampaign(two);
  world.platform.faults.next('add_msg_template', { status: 502, isAfterwards: true });
  await ask(world);
  const [message] = world.platform.state.massMessages;
  const { attachments } = message ?? {};
  Object.assign(message ?? {}, { attachments: '李四' });
  world.setNow(later(61));
  expect(await world.run(collectResultsJob)).toMatchObject({ failed: 0 });
  expect(await stateOf(world, campaign, 'wm1')).toBe('claimed');
  Object.assign(message ?? {}, { attachments });
  await world.run(collectResultsJob);
  expect(await stateOf(world, campaign, 'wm1')).toBe('proposed');
  expect(asked(world)).toEqual(['anna: wm1 wm2']);
});
