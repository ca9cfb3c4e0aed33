import { expect, it } from 'vitest';
import { classifyAccountsJob } from '../../jobs/classify-accounts.ts';
import { runJob } from '../../jobs/run-job.ts';
import { syncContactsJob } from '../../jobs/sync-contacts.ts';
import type { Fault } from '@genjin/wecom-sandbox';
import { createDice, type Dice } from '../../server/demo/dice.ts';
import { makeCorp } from '../../server/demo/make-corp.ts';
import { actOnce, type Traffic } from '../soak/traffic.ts';
import { aWorld, type LivingWorld } from '../support/a-world.ts';
import { aFastClock } from '../support/wecom-parts.ts';
import { workThrough } from '../support/work-through.ts';
import { differencesOf, doublesOf, untaggedOf } from '../support/compare-books.ts';

const WELCOME = '您好，很高兴认识您';
const ACT_EVERY_MS = 1000;
/** An API that was called too often is shut for long, and a huge answer takes long to make: once is as good as twenty times. */
const ONE_IN = 20;
const MINUTE_MS = 60_000;
const NOW = '2026-03-11T10:00:00+08:00';

type Trouble = Fault | 'dropTokens';

const IN_STEP = { differences: [], untagged: [], doubles: [], failed: 0 };

/** What goes wrong while events arrive and a whole synchronisation runs. */
const FAULTS: [name: string, fault: Trouble][] = [
  ['slow answers', { latencyMs: 150 }],
  ['a busy system', { errcode: -1 }],
  ['a busy system that did the work', { errcode: -1, isAfterwards: true }],
  ['tokens that end early', 'dropTokens'],
  ['an API that is shut', { errcode: 45009 }],
  ['too much at once', { errcode: 45033 }],
  ['an address that is not trusted for a while', { errcode: 60020 }],
  ['a broken gateway', { status: 502 }],
  ['a gateway that breaks after the work', { status: 502, isAfterwards: true }],
  ['cut connections', { isCut: true }],
  ['connections cut after the work', { isCut: true, isAfterwards: true }],
  ['answers that are no JSON', { isGarbage: true }],
  ['answers of another shape', { isMisshapen: true }],
  ['answers of a proxy, without errcode', { isForeign: true }],
  ['answers that come in drops', { bodyMs: 200 }],
  ['answers too large to read', { hugeMb: 17 }],
];

it.each(FAULTS)('%s: no event is lost, no message doubled', { timeout: 120_000 }, async (_, fault) => {
  expect(await liveThrough({ faults: [fault], events: 15, relations: 25 })).toEqual(IN_STEP);
});

it('all of it at once for five hundred events: the same', { timeout: 480_000 }, async () => {
  const faults = FAULTS.map(([, fault]) => fault);
  expect(await liveThrough({ faults, events: 500 })).toEqual(IN_STEP);
});

/** Events and a whole synchronisation while these faults come again and again; then what a night would do. */
async function liveThrough({
  faults,
  events,
  relations = Infinity,
}: {
  faults: readonly Trouble[];
  events: number;
  relations?: number;
}) {
  const { corp } = makeCorp({ seed: 3, now: new Date(NOW) });
  corp.relations.splice(relations);
  const gate = { clock: aFastClock(1000) };
  const world = await aWorld({ corp, now: NOW, settings: { WELCOME_TEXT: WELCOME }, gate });
  const { context, platform } = world;
  const traffic: Traffic = { done: {}, meetings: new Map() };
  const dice = createDice(3);
  const trouble = setInterval(() => order(world, dice.pick(faults), dice), 50);
  const sync = runJob(context, syncContactsJob);
  for (let count = 0; count < events; count += 1) {
    world.setNow(new Date(context.now().getTime() + ACT_EVERY_MS));
    actOnce({ platform, dice, traffic });
    if (count % 20 === 19) await platform.settled();
  }
  clearInterval(trouble);
  platform.faults.clear();
  await gate.clock.pause(MINUTE_MS); // a refused token is not asked for again at once
  await sync;
  await workThrough(world);
  await world.run(syncContactsJob);
  await world.run(classifyAccountsJob);
  const ids = [...new Set(platform.state.corp.customers.map(({ externalUserId }) => externalUserId))];
  const ours = (await context.relations.ofContacts(ids)).filter(({ lostAt }) => !lostAt);
  return {
    differences: differencesOf(platform, ours),
    untagged: untaggedOf(platform),
    doubles: doublesOf(platform, traffic, WELCOME),
    failed: await context.inbox.count('failed'),
  };
}

function order({ platform: { faults } }: LivingWorld, trouble: Trouble, dice: Dice): void {
  if (trouble === 'dropTokens') faults.dropTokens();
  else if ((trouble.errcode === 45009 || trouble.hugeMb) && !dice.chance(100 / ONE_IN)) return;
  else faults.next('*', trouble);
}
