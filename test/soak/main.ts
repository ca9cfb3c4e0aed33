import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createConnection } from 'mongoose';
import { openPlatform } from '@genjin/wecom-sandbox';
import { createDice } from '../../server/demo/dice.ts';
import { makeCorp } from '../../server/demo/make-corp.ts';
import { aFreePort, openRedis } from '../support/open-redis.ts';
import { differencesOf, doublesOf, untaggedOf } from '../support/compare-books.ts';
import { openBalance } from './balance.ts';
import { eventStates, livingRelations } from './read-book.ts';
import { aRunner, runCommand, startDatabase, type Runner, type Settings } from './processes.ts';
import { actOnce, type Traffic } from './traffic.ts';
import { makeTrouble } from './trouble.ts';

/**
 * A soak: two servers on one database with Redis behind one door, people at work in WeCom, WeCom failing, and every twenty
 * seconds one server killed. Ends with code 0 only when our book and the platform's agree and nobody got a message twice.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    'per-second': { type: 'string', default: '5' },
  },
});
const MINUTES = Number(values.minutes);
const SEED = Number(values.seed);
const PER_SECOND = Number(values['per-second']);
const KILL_EVERY_MS = 20_000;
const TROUBLE_EVERY_MS = 500;
const AWAY_MS = 3000;
const QUIET_MS = 600_000;
const WELCOME = '您好，很高兴认识您';

/** What was opened, to be closed in the other order whatever happens. */
const opened: (() => Promise<unknown>)[] = [];
const print = (line: string) => process.stdout.write(`${line}\n`);
const dice = createDice(SEED);
const traffic: Traffic = { done: {}, meetings: new Map() };
const { corp } = makeCorp({ seed: SEED, now: new Date() });
const platform = await openPlatform({ corp });
opened.unshift(() => platform.close());
const database = await startDatabase();
opened.unshift(() => database.stop());
const redis = await openRedis();
opened.unshift(() => redis.close());
const ports = [await aFreePort(), await aFreePort()];
const { corpId, agentId, agentSecret, callbackToken, callbackAesKey } = platform.credentials;
const settings: Settings = {
  WECOM_CORP_ID: corpId,
  WECOM_AGENT_ID: agentId,
  WECOM_AGENT_SECRET: agentSecret,
  WECOM_CALLBACK_TOKEN: callbackToken,
  WECOM_CALLBACK_AES_KEY: callbackAesKey,
  WECOM_API_URL: platform.origin,
  WECOM_OAUTH_URL: platform.origin,
  WELCOME_TEXT: WELCOME,
  MONGODB_URI: `${database.uri}`,
  REDIS_URL: redis.url,
  HOST: '127.0.0.1',
  LOG_LEVEL: 'info',
};
const servers = ports.map((port) => aServer(port));
opened.unshift(() => Promise.all(servers.map((server) => server.kill('SIGTERM'))));
const balance = await openBalance(ports);
opened.unshift(() => balance.close());
const db = await createConnection(settings['MONGODB_URI'] ?? '').asPromise();
opened.unshift(() => db.close());

try {
  process.exitCode = (await soak()) === 0 ? 0 : 1;
} finally {
  for (const close of opened) await close();
}

/** @returns how many differences and doubled messages were found */
async function soak(): Promise<number> {
  await servers[0]?.start();
  await until('the first steps', async () => {
    const run = await db
      .collection<{ _id: string; lastGoodAt: Date | null }>('runs')
      .findOne({ _id: 'classify-accounts' });
    return Boolean(run?.lastGoodAt);
  });
  await servers[1]?.start();
  platform.setCallbackUrl(`${balance.origin}/wecom/callback`);
  print(
    `soak: ${MINUTES} min, seed ${SEED}, ${PER_SECOND} acts per second, ${platform.state.corp.relations.length} relations at first`,
  );

  const kills = await liveFor(MINUTES * 60_000);
  platform.faults.clear();
  for (const server of servers) await server.kill('SIGTERM');
  for (const server of servers) await server.start();
  await quiet();
  const drift = await runCommand(['sync', '--full', '--json'], settings);
  await quiet();

  const [differences, doubles, states] = [
    [...differencesOf(platform, await livingRelations(db)), ...untaggedOf(platform)],
    doublesOf(platform, traffic, WELCOME),
    await eventStates(db),
  ];
  print(`done by people: ${JSON.stringify(traffic.done)}`);
  print(`servers killed: ${kills}; relations at the end: ${platform.state.corp.relations.length}`);
  print(`events: ${JSON.stringify(states)}`);
  print(`what events had not told, found by the last sync: ${drift.replaceAll(/\s+/g, ' ').slice(0, 300)}`);
  print(`differences: ${differences.length}; messages sent twice: ${doubles.length}`);
  for (const line of [...differences, ...doubles].slice(0, 20)) print(`  ${line}`);
  return differences.length + doubles.length;
}

function aServer(port: number): Runner {
  return aRunner(['dist/server/main.js'], { ...settings, PORT: String(port) }, /"port":\d+,"mode"/);
}

/** Traffic, trouble and kills until the time is over. @returns how often a server was killed */
async function liveFor(ms: number): Promise<number> {
  const end = Date.now() + ms;
  const people = setInterval(() => actOnce({ platform, dice, traffic }), 1000 / PER_SECOND);
  const trouble = setInterval(() => makeTrouble(platform, dice), TROUBLE_EVERY_MS);
  let count = 0;
  for (let at = Date.now() + KILL_EVERY_MS; at < end; at += KILL_EVERY_MS) {
    await delay(Math.max(0, at - Date.now()));
    const server = servers[count % servers.length];
    count += 1;
    await server?.kill();
    await delay(AWAY_MS);
    await server?.start();
  }
  await delay(Math.max(0, end - Date.now()));
  clearInterval(people);
  clearInterval(trouble);
  return count;
}

/** Waits until every callback was delivered and worked on. */
async function quiet(): Promise<void> {
  await platform.settled();
  await until('the last event', async () => {
    const { waiting = 0, working = 0 } = await eventStates(db);
    return waiting + working === 0;
  });
}

/** @throws when `what` has not come after some minutes */
async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + QUIET_MS;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await delay(500);
  }
}
