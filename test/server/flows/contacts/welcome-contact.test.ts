import { expect, it } from 'vitest';
import { welcomeContact } from '../../../../server/flows/contacts/welcome-contact.ts';
import { aWorld, type LivingWorld } from '../../../support/a-world.ts';

const GREETING = '您好，很高兴认识您';
const aGreetingWorld = () => aWorld({ settings: { WELCOME_TEXT: GREETING } });
const add = async (world: LivingWorld, name = '周文博') => {
  const { externalUserId } = world.platform.actions.addCustomer({ userid: 'anna', name });
  await world.settled();
  return externalUserId;
};
const heard = ({ platform }: LivingWorld) =>
  platform.state.messages.flatMap((message) => (message.kind === 'chat' ? [message.text] : []));

it('greets a new contact once', async () => {
  const world = await aGreetingWorld();
  await add(world);
  expect(heard(world)).toEqual([GREETING]);
});

it('greets nobody when no text is set, or WeCom gives no code', async () => {
  const silent = await aWorld();
  await add(silent);
  const greeting = await aGreetingWorld();
  greeting.platform.rules.hasConsoleWelcome = true;
  await add(greeting);
  expect([heard(silent), heard(greeting)]).toEqual([[], []]);
  expect(greeting.callsOf('send_welcome_msg')).toEqual([]);
});

it('does not use a code that has run out', async () => {
  const { context, callsOf } = await aGreetingWorld();
  const key = { staffId: 'anna', externalUserId: 'wm1' };
  const ago = (ms: number) => new Date(context.now().getTime() - ms);
  const welcome = (ms: number) => welcomeContact(context, key, { welcomeCode: 'code', happenedAt: ago(ms) });
  expect(await welcome(20_001)).toBe('late');
  expect(callsOf('send_welcome_msg')).toEqual([]);
  expect(await welcome(20_000)).toBe('settled');
  expect(callsOf('send_welcome_msg')).toHaveLength(1);
});

it.each([41050, 41051])('takes %i for settled, and records the contact all the same', async (errcode) => {
  const world = await aGreetingWorld();
  world.platform.faults.next('send_welcome_msg', { errcode });
  const id = await add(world);
  expect(await world.context.contacts.find(id)).toMatchObject({ isPlaced: true });
  expect(await world.context.inbox.count('done')).toBe(1);
});

it('does not greet twice when nobody knows whether the greeting went out', async () => {
  const world = await aGreetingWorld();
  world.platform.faults.next('send_welcome_msg', { status: 502, isAfterwards: true });
  world.platform.actions.addCustomer({ userid: 'anna', name: '周文博', viaHalf: true });
  await world.settled();
  expect(heard(world)).toEqual([GREETING]);
  expect(await world.context.inbox.count('done')).toBe(2);
});

it('does not take the word of a proxy for a greeting that went out', async () => {
  const world = await aGreetingWorld();
  world.platform.faults.next('send_welcome_msg', { isForeign: true });
  const id = await add(world);
  const [entry] = await world.context.ledger.list('welcome', 'lost', new Date(0));
  expect(entry?._id).toContain(id);
  expect(await world.context.ledger.list('welcome', 'sent', new Date(0))).toEqual([]);
});

it('greets although WeCom was too busy to give a token: the greeting had not left', async () => {
  const world = await aGreetingWorld();
  world.platform.faults.dropTokens();
  world.platform.faults.next('gettoken', { errcode: -1 });
  await add(world);
  expect(heard(world)).toEqual([GREETING]);
});
