import { randomBytes } from 'node:crypto';
import { CHAINS, isReading, plain, READINGS, sealedText, type Head } from '../domain/system/audit.ts';
import type { AuditKeys } from './audit-keys.ts';
import type { AuditEntry, KeptEntry } from './audit-model.ts';

const PLACE_DIGITS = 12;

/** Where an entry stands: writer and place, so that entries sort by chain. */
export const placeOf = (writer: string, seq: number) =>
  `${writer}:${String(seq).padStart(PLACE_DIGITS, '0')}`;

/** How heads of chains get into the log. */
export const headsEntry = (note: {
  by: string;
  at: Date;
  act: string;
  heads: readonly Head[];
}): AuditEntry => ({
  by: note.by,
  at: note.at,
  act: note.act,
  subject: CHAINS,
  from: null,
  to: { heads: note.heads },
});

/** One chain of this process; the names of chains of readings begin with `READINGS`. */
function createChain(kind: string, keys: AuditKeys) {
  const newHead = () => ({ writer: kind + randomBytes(6).toString('hex'), seq: 0, hash: '' });
  let head = newHead();
  const seal = (
    { by, at, act, subject, from, to, status = null }: AuditEntry,
    last: typeof head,
  ): KeptEntry => {
    const seq = last.seq + 1;
    const said = { by, at, act, subject, from: plain(from), to: plain(to), status };
    const key = keys.current ? { keyId: keys.current } : {};
    const entry = { ...said, writer: last.writer, seq, prevHash: last.hash, hash: '', ...key };
    const hash = keys.hashOf(sealedText(entry), keys.current) ?? '';
    return { _id: placeOf(last.writer, seq), ...entry, hash };
  };
  return {
    isNew: () => head.seq === 0,
    after(entries: readonly AuditEntry[]): KeptEntry[] {
      const sealed: KeptEntry[] = [];
      for (const entry of entries) sealed.push(seal(entry, sealed.at(-1) ?? head));
      return sealed;
    },
    accept: (sealed: readonly KeptEntry[]) => (head = sealed.at(-1) ?? head),
    restart: () => (head = newHead()),
  };
}

/**
 * The two chains that this process writes: readings, and everything else. Under a key, each begins with the heads of the others.
 * Nothing counts as written before `accept`.
 */
export function createChains(keys: AuditKeys, headsNow: () => Promise<readonly Head[]>) {
  const readings = createChain(READINGS, keys);
  const rest = createChain('', keys);
  async function begun(chain: typeof rest, entries: readonly AuditEntry[]): Promise<readonly AuditEntry[]> {
    const [first] = entries;
    if (!first || !chain.isNew() || !keys.current) return entries;
    const heads = await headsNow();
    return [headsEntry({ by: 'audit', at: first.at, act: 'audit.begin', heads }), ...entries];
  }
  return {
    async after(entries: readonly AuditEntry[]) {
      const changes = entries.filter((entry) => !isReading(entry));
      const sealed = {
        rest: rest.after(await begun(rest, changes)),
        readings: readings.after(await begun(readings, entries.filter(isReading))),
      };
      return { ...sealed, entries: [...sealed.rest, ...sealed.readings] };
    },
    accept(sealed: { readings: readonly KeptEntry[]; rest: readonly KeptEntry[] }) {
      readings.accept(sealed.readings);
      rest.accept(sealed.rest);
    },
    restart() {
      readings.restart();
      rest.restart();
    },
  };
}
