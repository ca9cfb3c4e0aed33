import { createHash, randomBytes } from 'node:crypto';
import { isReading, plain, READINGS, sealedText } from '../domain/audit.ts';
import type { AuditEntry, KeptEntry } from './audit-model.ts';

const PLACE_DIGITS = 12;

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Where an entry stands: writer and place, so that entries sort by chain. */
export const placeOf = (writer: string, seq: number) =>
  `${writer}:${String(seq).padStart(PLACE_DIGITS, '0')}`;

/** One chain of this process; the names of chains of readings begin with `READINGS`. */
function createChain(kind: string) {
  const newHead = () => ({ writer: kind + randomBytes(6).toString('hex'), seq: 0, hash: '' });
  let head = newHead();
  const seal = (
    { by, at, act, subject, from, to, status = null }: AuditEntry,
    last: typeof head,
  ): KeptEntry => {
    const seq = last.seq + 1;
    const said = { by, at, act, subject, from: plain(from), to: plain(to), status };
    const entry = { ...said, writer: last.writer, seq, prevHash: last.hash, hash: '' };
    return { _id: placeOf(last.writer, seq), ...entry, hash: sha256(sealedText(entry)) };
  };
  return {
    after(entries: readonly AuditEntry[]): KeptEntry[] {
      const sealed: KeptEntry[] = [];
      for (const entry of entries) sealed.push(seal(entry, sealed.at(-1) ?? head));
      return sealed;
    },
    accept: (sealed: readonly KeptEntry[]) => (head = sealed.at(-1) ?? head),
    restart: () => (head = newHead()),
  };
}

/** The two chains that this process writes: readings, and everything else. Nothing counts as written before `accept`. */
export function createChains() {
  const readings = createChain(READINGS);
  const rest = createChain('');
  return {
    after(entries: readonly AuditEntry[]) {
      const sealed = {
        readings: readings.after(entries.filter(isReading)),
        rest: rest.after(entries.filter((entry) => !isReading(entry))),
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
