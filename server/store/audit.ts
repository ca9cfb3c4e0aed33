import type { Connection } from 'mongoose';
import { isReading, type Head } from '../domain/system/audit.ts';
import { createVerifier, type AuditReport } from '../domain/system/audit-verifier.ts';
import { createChains, headsEntry, placeOf } from './audit-chain.ts';
import { createCuts } from './audit-cuts.ts';
import { createHeads } from './audit-heads.ts';
import { createAuditKeys, type AuditKeys } from './audit-keys.ts';
import { openAudit, type AuditEntry, type AuditModel, type KeptEntry } from './audit-model.ts';
import { createGroupCommit } from './db/group-commit.ts';
import { createCoalescer } from './db/coalescer.ts';

/** Which entries to list: the latest first, those before `after` in that order. */
export type AuditFilter = {
  subject?: string | undefined;
  by?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  after?: { at: Date; id: string } | undefined;
  limit: number;
};

/** So long readings wait for others. */
const GATHER_MS = 100;

/**
 * The audit log: it can be added to and read, and nothing else, but for readings whose time is over. Each process writes two
 * chains of its own, readings and everything else, every entry sealed with the hash of the one before, under a key that the database
 * does not hold; without keys, as earlier versions did. Entries that come at once
 * share one write, and readings gather for it: a process that is killed loses the readings of the last `GATHER_MS`, while writes
 * wait until they are kept.
 */
export function createAuditStore(db: Connection, keys: AuditKeys = createAuditKeys([])) {
  const model = openAudit(db);
  const shelf = db.collection<KeptEntry>('audit'); // sealed entries have every field: nothing is left to cast
  const heads = createHeads(model);
  const chains = createChains(keys, heads.unnoted);
  const keep = createGroupCommit(async (batch: (readonly AuditEntry[])[]) => {
    const next = await chains.after(batch.flat());
    try {
      await shelf.insertMany(next.entries);
    } catch (error) {
      // Nobody knows how much of it was kept: the next entries begin chains of their own.
      chains.restart();
      throw error;
    }
    chains.accept(next);
    return batch.map(() => true);
  });
  const pause = createCoalescer(GATHER_MS);
  const pending = new Set<Promise<unknown>>();
  const record = (entries: readonly AuditEntry[]): Promise<void> => {
    if (entries.length === 0) return Promise.resolve();
    const begun = entries.every(isReading) ? pause.wait().then(() => keep(entries)) : keep(entries);
    const kept = begun.finally(() => pending.delete(kept));
    pending.add(kept);
    return kept.then(() => undefined);
  };
  const cuts = createCuts(model, record);
  return {
    /** Forgets readings whose time is over; each cut is on record. */
    forgetReadings: cuts.forget,
    /** Resolves when the entries are kept. @throws when they could not be */
    note: record,
    /** Resolves when everything noted so far is kept, or has failed. */
    async drain(): Promise<void> {
      pause.end();
      await Promise.allSettled(pending);
    },
    /** Notes the heads of all chains among the changes. @returns them, to be kept somewhere else */
    noteHeads: async (who: { by: string; at: Date }): Promise<Head[]> => {
      await record([headsEntry({ ...who, act: 'audit.heads', heads: await heads.unnoted() })]);
      return heads.all();
    },
    ...readings(model, { keys, heads, readCuts: cuts.list }),
  };
}

type Reading = {
  keys: AuditKeys;
  heads: ReturnType<typeof createHeads>;
  readCuts: () => Promise<Head[]>;
};

const readings = (model: AuditModel, { keys, heads, readCuts }: Reading) => ({
  /** The last entry of every chain. */
  heads: heads.all,
  list: (filter: AuditFilter) =>
    model.find(conditionsOf(filter)).sort({ at: -1, _id: -1 }).limit(filter.limit).lean<KeptEntry[]>().exec(),
  /**
   * Looks through every chain, also against heads that were noted elsewhere. Entries written meanwhile may be seen or not; what is
   * forgotten meanwhile may look like a gap.
   */
  async verify(noted: readonly Head[] = []): Promise<AuditReport> {
    const checks = { hashOf: keys.hashOf, cuts: await readCuts(), noted };
    const verifier = createVerifier<Omit<KeptEntry, '_id'>>(checks);
    for await (const { _id, ...entry } of model.find().sort({ _id: 1 }).lean<KeptEntry>().cursor())
      verifier.see(entry);
    const hashes = await heads.hashesAt(verifier.noted());
    return verifier.report(({ writer, seq }) => hashes.get(placeOf(writer, seq)));
  },
});

function conditionsOf({ subject, by, from, to, after }: AuditFilter): object {
  const at = { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) };
  return {
    ...(subject ? { subject } : {}),
    ...(by ? { by } : {}),
    ...(from || to ? { at } : {}),
    ...(after ? { $or: [{ at: { $lt: after.at } }, { at: after.at, _id: { $lt: after.id } }] } : {}),
  };
}
