import { expect, it } from 'vitest';
import { createEventWork } from '../../../server/callback/event-work.ts';
import { createWelcomeLane } from '../../../server/callback/welcome-lane.ts';
import { WecomError } from '../../../server/wecom/client/error.ts';
import { contactXml, deliver } from '../../support/a-callback.ts';
import { aGate } from '../../support/a-gate.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aWorld, type LivingWorld } from '../../support/a-world.ts';

const GREETING = '您好，很高兴认识您';
const START = Date.parse('2026-03-11T10:00:00+08:00');
const at = (seconds: number) => new Date(START + seconds * 1000);
const aGreetingWorld = (more: Parameters<typeof aWorld>[0] = {}) =>
  aWorld({ ...more, settings: { WELCOME_TEXT: GREETING } });

const heard = ({ platform }: LivingWorld) =>
  platform.state.messages.flatMap((message) => (message.kind === 'chat' ? [message.text] : []));
const sends = ({ callsOf }: LivingWorld) => callsOf('send_welcome_msg').length;
const anEvent = (welcomeCode?: string) => ({
  _id: 'a',
  subject: 'wm1',
  happenedAt: at(0),
  receivedAt: at(0),
  fields: { staffId: 'anna', externalUserId: 'wm1', ...(welcomeCode ? { welcomeCode } : {}) },
});
const outcomes = async ({ context }: LivingWorld) => {
  const { values } = await context.metrics.welcomeSeconds.get();
  return values.flatMap(({ metricName, labels, value }) =>
    metricName?.endsWith('_count') ? [`${labels.outcome} ${value}`] : [],
  );
};

it('sends a welcome while the event itself, and all others, wait', async () => {
  const world = await aGreetingWorld();
  const gate = aGate();
  const { get } = world.context.wecom.contacts;
  world.context.wecom.contacts.get = async (externalUserId) => {
    await gate.passed;
    return get(externalUserId);
  };
  for (let n = 0; n < 12; n += 1) world.platform.actions.addCustomer({ userid: 'anna', name: `客户${n}` });
  await expect.poll(() => heard(world), { timeout: 5000 }).toEqual(Array(12).fill(GREETING));
  expect(await world.context.inbox.count('done')).toBe(0);
  gate.open();
  await world.settled();
  expect(await world.context.inbox.count('done')).toBe(12);
  expect(sends(world)).toBe(12);
  expect(await outcomes(world)).toEqual(['sent 12']);
});

it('lets other work wait while there is a crowd of welcomes, and not for few', async () => {
  const world = await aGreetingWorld();
  const gate = aGate();
  world.context.wecom.messages.welcome = () => gate.passed;
  const lane = createWelcomeLane(world.context);
  const pushed = (from: number, to: number) => {
    for (let n = from; n < to; n += 1)
      lane.push({
        ...anEvent('code'),
        _id: `${n}`,
        fields: { ...anEvent('code').fields, externalUserId: `wm${n}` },
      });
  };
  const steps: string[] = [];
  pushed(0, 4);
  await lane.giveWay();
  pushed(4, 5);
  const waiting = lane.giveWay().then(() => steps.push('other work'));
  await expect.poll(() => world.context.ledger.list('welcome', 'claimed', at(-1))).toHaveLength(5);
  steps.push('welcomes');
  gate.open();
  await Promise.all([lane.idle(), waiting]);
  expect(steps).toEqual(['welcomes', 'other work']);
});

it('sends nothing when the event is worked on again', async () => {
  const world = await aGreetingWorld();
  world.platform.faults.next('externalcontact/get', { errcode: 40058 });
  world.platform.actions.addCustomer({ userid: 'anna', name: '周文博' });
  await world.settled();
  const [event] = await world.context.inbox.list('failed', 1);
  if (!event) throw new Error('nothing failed');
  await world.context.inbox.replay([event._id], at(1));
  const again = await world.context.inbox.find(event._id);
  const work = createEventWork(world.context);
  world.setNow(at(1));
  if (again) work.push(again);
  await work.idle();
  expect(await world.context.inbox.count('done')).toBe(1);
  expect([heard(world), sends(world)]).toEqual([[GREETING], 1]);
});

it('does not send a welcome twice when two processes try at once', async () => {
  const world = await aGreetingWorld();
  const greeted: string[] = [];
  world.context.wecom.messages.welcome = async (code) => void greeted.push(code);
  const lanes = [createWelcomeLane(world.context), createWelcomeLane(world.context)];
  for (const lane of lanes) lane.push(anEvent('code'));
  for (const lane of lanes) await lane.idle();
  expect(greeted).toEqual(['code']);
});

it('has one try at an event, however often it is offered', async () => {
  const world = await aGreetingWorld();
  const lane = createWelcomeLane(world.context);
  world.setNow(at(21));
  for (let n = 0; n < 3; n += 1) {
    lane.push(anEvent('code'));
    await lane.idle();
  }
  expect([sends(world), await outcomes(world)]).toEqual([0, ['late 1']]);
});

it('looks again until its turn comes, while another app is handing one out', async () => {
  const world = await aGreetingWorld();
  const codes: string[] = [];
  const { messages } = world.context.wecom;
  const { welcome } = messages;
  messages.welcome = async (code, ...rest) => {
    codes.push(code);
    if (codes.length < 4) throw new WecomError(41096, 'distributing', '/send_welcome_msg');
    return welcome(code, ...rest);
  };
  const lane = createWelcomeLane(world.context, 1);
  lane.push(anEvent('code'));
  await lane.idle();
  expect(codes).toEqual(Array(4).fill('code'));
  expect(await outcomes(world)).toEqual(['settled 1']);
});

it('gives up when the code has run out meanwhile', async () => {
  const world = await aGreetingWorld();
  let tries = 0;
  world.context.wecom.messages.welcome = async () => {
    tries += 1;
    if (tries === 3) world.setNow(at(21));
    throw new WecomError(41096, 'distributing', '/send_welcome_msg');
  };
  const lane = createWelcomeLane(world.context, 1);
  lane.push(anEvent('code'));
  await lane.idle();
  expect(tries).toBe(3);
  expect(await outcomes(world)).toEqual(['late 1']);
});

it('leaves events without a code, and of other kinds, alone', async () => {
  const world = await aGreetingWorld();
  const lane = createWelcomeLane(world.context);
  lane.push(anEvent());
  lane.push({ ...anEvent(), fields: { chatId: 'wr1' } });
  lane.push({ ...anEvent(), fields: null });
  await lane.idle();
  expect([sends(world), await outcomes(world)]).toEqual([0, []]);
});

it('does not hold up a server that stops', async () => {
  const world = await aGreetingWorld();
  world.context.wecom.messages.welcome = async () => {
    throw new WecomError(41096, 'distributing', '/send_welcome_msg');
  };
  const lane = createWelcomeLane(world.context, 60_000);
  lane.push(anEvent('code'));
  await expect.poll(() => world.context.ledger.list('welcome', 'failed', at(-1))).toHaveLength(1);
  await lane.stop();
  expect(await outcomes(world)).toEqual([]);
});

it('greets who agrees to have chats archived and was not greeted yet', async () => {
  const world = await aGreetingWorld({ corp: aTeamCorp([['anna', 'wm1', '启明精密']]) });
  const given = { at: at(0).toISOString(), UserID: 'anna', ExternalUserID: 'wm1', WelcomeCode: 'code' };
  await deliver(world.origin, contactXml('msg_audit_approved', given));
  await world.settled();
  expect(sends(world)).toBe(1);
  expect(await world.context.contacts.find('wm1')).toMatchObject({ isPlaced: true });
});
