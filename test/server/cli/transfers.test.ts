import { expect, it } from 'vitest';
import { UsageError, type Given } from '../../../server/cli/command.ts';
import { transfersCommand } from '../../../server/cli/transfers.ts';
import { aLeaverWorld, DAY_MS } from '../../support/leaver-world.ts';

const START = { from: 'ben', to: 'carl', kind: 'on_job' };

const mustNotOpen = () => Promise.reject(new Error('must not be opened'));

async function aConsole() {
  const world = await aLeaverWorld();
  const type = (words: string[], options: Given['options'] = {}) =>
    transfersCommand.run(async () => world.context, { words, options });
  return { ...world, type };
}

it('starts, collects and lists', async () => {
  const world = await aConsole();
  expect((await world.type([])).text).toBe('没有转接记录');
  const started = await world.type(['start'], { ...START, all: true });
  expect(started).toMatchObject({ ok: true, data: { started: 3, assigned: 0, problems: [] } });
  expect(started.text).toBe('已发起 3 位联系人的转接，0 个客户已换负责人');
  expect((await world.type([], { state: 'waiting' })).text.split('\n')).toHaveLength(3);
  expect((await world.type([], { state: 'waiting', limit: '1' })).text).toMatch(
    /ben → carl {2}wm\d {2}等待接替（24 小时后自动生效，客户可拒绝）$/,
  );
  world.pass(DAY_MS);
  expect(await world.type(['collect'])).toMatchObject({ ok: true, data: { changed: 3 } });
  expect((await world.type([], { state: 'waiting' })).text).toBe('没有转接记录');
  expect((await world.type([], { state: 'done' })).data).toHaveLength(3);
});

it('hands over the accounts that are named, and tells what did not work', async () => {
  const world = await aConsole();
  const ids = await Promise.all(['wm1', 'wm3'].map(async (id) => (await world.accountOf(id))._id));
  world.platform.faults.next('externalcontact/transfer_customer', { errcode: 40099 });
  const { ok, text } = await world.type(['start'], { ...START, accounts: ` ${ids.join(' , ')}` });
  expect([ok, text.split('\n').slice(1).toSorted()]).toEqual([
    false,
    ['未转接 wm1：接手成员的客户数已达上限', '未转接 wm3：接手成员的客户数已达上限'],
  ]);
  expect((await world.type([], { state: 'rejected' })).text).toContain('未能发起：接手成员的客户数已达上限');
});

it('says that it failed when a result could not be read', async () => {
  const world = await aConsole();
  await world.type(['start'], { ...START, all: true });
  world.platform.faults.next('externalcontact/transfer_result', { errcode: 40003 });
  const { ok, text } = await world.type(['collect']);
  expect(ok).toBe(false);
  expect(text).toContain('1 项失败');
});

it.each<[string, string[], Given['options']]>([
  ['an unknown word', ['stop'], {}],
  ['two words', ['start', 'collect'], {}],
  ['an unknown state', [], { state: 'lost' }],
  ['a limit of 0', [], { limit: '0' }],
  ['no kind', ['start'], { ...START, kind: undefined, all: true }],
  ['a kind that there is not', ['start'], { ...START, kind: 'gone', all: true }],
  ['nobody who gives', ['start'], { ...START, from: '', all: true }],
  ['nobody who takes', ['start'], { ...START, to: undefined, all: true }],
  ['neither accounts nor all', ['start'], START],
  ['an empty list of accounts', ['start'], { ...START, accounts: ' , ' }],
  ['both accounts and all', ['start'], { ...START, accounts: 'a', all: true }],
])('refuses %s', async (_name, words, options) => {
  await expect(transfersCommand.run(mustNotOpen, { words, options })).rejects.toBeInstanceOf(UsageError);
});
