import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { classifyAccountsJob } from '../../../jobs/classify-accounts.ts';
import { syncContactsJob } from '../../../jobs/sync-contacts.ts';
import { exportCommand } from '../../../server/cli/export.ts';
import { importCommand } from '../../../server/cli/import.ts';
import { loadSandboxBook } from '../../../server/demo/load-book.ts';
import { makeCorp } from '../../../server/demo/make-corp.ts';
import { aWorld, type LivingWorld } from '../../support/a-world.ts';

const NOW = '2026-03-11T10:00:00+08:00';
const SEED = 7;
const PATIENCE_MS = 90_000; // three whole books, classified after each file
/** What is told to WeCom is another test's matter. */
const AT_ONCE = { capsOf: () => [] };
/** In the order in which they need one another. */
const TYPES = ['accounts', 'contacts', 'orders', 'contracts', 'payments', 'opportunities'];

/** A whole sandbox, synchronised, with deals of every kind. */
async function aSandbox() {
  const { corp, book } = makeCorp({ seed: SEED, now: new Date(NOW) });
  const world = await aWorld({ corp, now: NOW, gate: AT_ONCE });
  await world.run(syncContactsJob);
  // 拥护者 rests on survey answers, which come back with a backup only.
  const npsAnswers = book.npsAnswers.map((answer) => ({ ...answer, score: 5 }));
  await loadSandboxBook(world.context, { ...book, npsAnswers });
  await world.run(classifyAccountsJob);
  return world;
}

async function exported(world: LivingWorld): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-round-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  await exportCommand.run(async () => world.context, { words: [dir], options: { only: TYPES.join(',') } });
  return dir;
}

type Counts = {
  created: number;
  changed: number;
  rejected: unknown[];
  newCustomers: string[];
  notes: unknown[];
};

async function imported(world: LivingWorld, dir: string) {
  const counts: Record<string, Counts> = {};
  for (const type of TYPES) {
    const options = { type };
    const { data } = await importCommand.run(async () => world.context, {
      words: [join(dir, `${type}.csv`)],
      options,
    });
    counts[type] = data as Counts;
  }
  return counts;
}

/** Every account by what it is called, with its tier, stage, nature, people, and the sums of its deals. */
async function bookOf({ context }: LivingWorld) {
  const sums = new Map<string, number>();
  for await (const { accountId, amountFen, refundedFen } of context.orders.all())
    sums.set(accountId, (sums.get(accountId) ?? 0) + amountFen - (refundedFen ?? 0));
  const rows: string[] = [];
  for await (const { _id, name, tier, stage, isSolo, ownerId } of context.accounts.all()) {
    const people = (await context.contacts.ofAccount(_id)).map((each) => each._id).toSorted();
    rows.push(JSON.stringify([name, tier, stage, isSolo, ownerId, sums.get(_id) ?? 0, people]));
  }
  return rows.toSorted();
}

it(
  'brings the whole book into an empty installation and back into itself: the same tiers, stages, sums and people',
  { timeout: PATIENCE_MS },
  async () => {
    const world = await aSandbox();
    const [dir, book] = [await exported(world), await bookOf(world)];
    for (let time = 0; time < 2; time += 1)
      for (const [type, counts] of Object.entries(await imported(world, dir)))
        expect([type, counts]).toMatchObject([
          type,
          { created: 0, changed: 0, rejected: [], newCustomers: [] },
        ]);
    expect(await bookOf(world)).toEqual(book);

    const { corp } = makeCorp({ seed: SEED, now: new Date(NOW) });
    const empty = await aWorld({ corp, now: NOW, gate: AT_ONCE });
    await empty.run(syncContactsJob);
    for (const counts of Object.values(await imported(empty, dir)))
      expect(counts).toMatchObject({ rejected: [], newCustomers: [] });
    await empty.run(classifyAccountsJob);
    expect(differences(await bookOf(empty), book)).toEqual([]);
  },
);

it(
  'keeps people without a company what they are when the customers come before the first synchronisation',
  { timeout: PATIENCE_MS },
  async () => {
    const world = await aSandbox();
    const [dir, book] = [await exported(world), await bookOf(world)];
    const { corp } = makeCorp({ seed: SEED, now: new Date(NOW) });
    const empty = await aWorld({ corp, now: NOW, gate: AT_ONCE });
    const options = { type: 'accounts' };
    await importCommand.run(async () => empty.context, { words: [join(dir, 'accounts.csv')], options });
    await empty.run(syncContactsJob);
    await imported(empty, dir);
    expect(differences(await bookOf(empty), book)).toEqual([]);
  },
);

const differences = (ours: readonly string[], theirs: readonly string[]) => [
  ...ours.filter((row) => !theirs.includes(row)).map((row) => `now ${row}`),
  ...theirs.filter((row) => !ours.includes(row)).map((row) => `was ${row}`),
];
