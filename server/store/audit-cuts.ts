import { CHAINS, READINGS, type Head } from '../domain/system/audit.ts';
import { placeOf } from './audit-chain.ts';
import { behind } from './audit-heads.ts';
import type { AuditEntry, AuditModel, KeptEntry } from './audit-model.ts';

/** How the end of a chain that goes is put on record. */
const CUT = { act: 'audit.forget', subject: 'audit:readings' };

/** Who forgets, when, and what: readings before `before`. */
export type Forgetting = { before: Date; by: string; at: Date };
type Note = (entries: readonly AuditEntry[]) => Promise<void>;

/** What may go of the readings. A cut is noted among the changes, which are never cut, before anything goes. */
export function createCuts(model: AuditModel, note: Note) {
  const firstOf = (condition: object, order: 1 | -1 = 1) =>
    model.findOne(condition).sort({ _id: order }).lean<KeptEntry>().exec();

  /** The chains of readings, one step of the index each. */
  async function* chains(): AsyncGenerator<KeptEntry> {
    let from = READINGS;
    for (;;) {
      const first = await firstOf({ _id: { $gte: from, $lt: `${READINGS}~` } });
      if (!first) return;
      yield first;
      from = behind(first.writer);
    }
  }
  /** The last entry that may go: up to the first that must stay. */
  async function cutOf({ writer }: KeptEntry, before: Date): Promise<Head | null> {
    const whole = { $gte: placeOf(writer, 1), $lt: behind(writer) };
    const kept = await firstOf({ _id: whole, at: { $gte: before } });
    if (kept) return { writer, seq: kept.seq - 1, hash: kept.prevHash };
    const last = await firstOf({ _id: whole }, -1);
    return last && { writer, seq: last.seq, hash: last.hash };
  }
  return {
    /** The last entry that went, of every cut. */
    async list(): Promise<Head[]> {
      const cuts = await model.find({ subject: CUT.subject, act: CUT.act }, { to: 1 }).lean<KeptEntry[]>();
      return cuts.map(({ to }) => to as Head);
    },
    /** Repeatable: what an earlier try left goes, too. @returns how many went */
    async forget({ before, by, at }: Forgetting): Promise<number> {
      let count = 0;
      for await (const first of chains()) {
        const cut = await cutOf(first, before);
        if (!cut || cut.seq < first.seq) continue;
        await note([{ by, at, ...CUT, from: { writer: first.writer, seq: first.seq, before }, to: cut }]);
        const gone = { $gte: first._id, $lte: placeOf(cut.writer, cut.seq) };
        const { deletedCount } = await model.deleteMany({ _id: gone });
        count += deletedCount - Number(first.subject === CHAINS); // how the chain began is no reading
      }
      return count;
    },
  };
}
