import { CHAINS, type Head } from '../domain/system/audit.ts';
import { headOf } from '../domain/system/audit-verifier.ts';
import { placeOf } from './audit-chain.ts';
import type { AuditModel, KeptEntry } from './audit-model.ts';

/** Clocks of several machines differ, and entries may be kept later than they happened. */
const MARGIN_MS = 86_400_000;

/** Behind every `_id` of a chain: `;` follows `:`, as `~` follows every hexadecimal digit. */
export const behind = (writer: string) => `${writer};`;

/** The last entries of chains, one step of the index each. */
export function createHeads(model: AuditModel) {
  const one = (condition: object, order: 1 | -1) =>
    model.findOne(condition).sort({ _id: order }).lean<KeptEntry>().exec();
  const lastOf = (writer: string) => one({ _id: { $gte: placeOf(writer, 1), $lt: behind(writer) } }, -1);
  async function all(): Promise<Head[]> {
    const heads: Head[] = [];
    for (let from = ''; ;) {
      const first = await one({ _id: { $gte: from } }, 1);
      if (!first) return heads;
      heads.push(headOf((await lastOf(first.writer)) ?? first));
      from = behind(first.writer);
    }
  }
  return {
    all,
    /**
     * Those that went on since heads were noted last: what stood still is noted already. Chains without a key are noted once, by the
     * first note of all: one that comes later is nobody's.
     */
    async unnoted(): Promise<Head[]> {
      const note = await model
        .findOne({ subject: CHAINS })
        .sort({ at: -1, _id: -1 })
        .lean<KeptEntry>()
        .exec();
      if (!note) return all();
      const since = new Date(note.at.getTime() - MARGIN_MS);
      const writers = (await model.distinct('writer', { at: { $gte: since } }).exec()).sort();
      const lasts = await Promise.all(writers.map(lastOf));
      return lasts.flatMap((entry) => (entry?.keyId ? [headOf(entry)] : []));
    },
    hashesAt: (heads: readonly Head[]) => hashesAt(model, heads),
  };
}

const PLACES_AT_ONCE = 500;

/** The hashes that stand at these places now. */
async function hashesAt(model: AuditModel, heads: readonly Head[]): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  for (let from = 0; from < heads.length; from += PLACES_AT_ONCE) {
    const ids = heads.slice(from, from + PLACES_AT_ONCE).map(({ writer, seq }) => placeOf(writer, seq));
    const found = await model
      .find({ _id: { $in: ids } }, { hash: 1 })
      .lean<KeptEntry[]>()
      .exec();
    for (const { _id, hash } of found) hashes.set(_id, hash);
  }
  return hashes;
}
