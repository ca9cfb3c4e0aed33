import type { RelationKey } from './relation.ts';
import type { Standing } from '../staff/staff.ts';

/** What a synchronisation found that events had not told, in numbers of follow relations. `suspicious`: missing, not believed. */
export type Drift = { rows: number; added: number; changed: number; lost: number; suspicious: number };

/**
 * What a synchronisation could not read and left as it was: a member whom WeCom refuses, or so many rows of another shape.
 * `staffId` is '' where nobody is named; `reason` is an errcode, or the fields that are wrong.
 */
export type SetAside = { kind: (typeof ASIDE_KINDS)[number]; staffId: string; reason: string; count: number };
export const ASIDE_KINDS = ['member', 'department', 'contact', 'group', 'row'] as const;

/** Equal ones as one, most first. */
export function sumOfAside(aside: readonly SetAside[]): SetAside[] {
  const byKey = new Map<string, SetAside>();
  for (const each of aside) {
    const key = JSON.stringify([each.kind, each.staffId, each.reason]);
    byKey.set(key, { ...each, count: each.count + (byKey.get(key)?.count ?? 0) });
  }
  return [...byKey.values()].sort((left, right) => right.count - left.count);
}

/** The same of one member. */
export type StaffDrift = Drift & { staffId: string };

export const NO_DRIFT: Readonly<Drift> = { rows: 0, added: 0, changed: 0, lost: 0, suspicious: 0 };

const COUNTS = ['rows', 'added', 'changed', 'lost', 'suspicious'] as const;

/** A fall of so few may be real. */
const SMALL_BOOK = 20;
const SUSPICIOUS_PERCENT = 50;

/**
 * True when so much is missing from an answer that the answer is doubted, not the book: more than half of more than twenty.
 * An app whose visible range was changed by mistake gets an answer without errors and without customers.
 */
export function isSuspicious({ known, missing }: { known: number; missing: number }): boolean {
  return known > SMALL_BOOK && missing * 100 > known * SUSPICIOUS_PERCENT;
}

/**
 * True when the customers of a member who is no longer listed may be taken for gone: they are few, or the member is known to
 * have left or to be disabled. Others may be out of the app's visible range by mistake.
 */
export function isBelievedUnlisted(known: number, standing: Standing): boolean {
  return standing === 'left' || standing === 'disabled' || !isSuspicious({ known, missing: known });
}

/** The sum over all members. */
export function sumOf(drifts: readonly Drift[]): Drift {
  const sum = { ...NO_DRIFT };
  for (const drift of drifts) for (const count of COUNTS) sum[count] += drift[count];
  return sum;
}

/** One entry per member, in the order of their ids, without those of whom nothing differed. */
export function perStaffOf(drifts: readonly StaffDrift[]): StaffDrift[] {
  const byStaff = new Map<string, StaffDrift[]>();
  for (const drift of drifts) byStaff.set(drift.staffId, [...(byStaff.get(drift.staffId) ?? []), drift]);
  return [...byStaff]
    .map(([staffId, own]) => ({ staffId, ...sumOf(own) }))
    .filter(hasDifference)
    .sort((left, right) => (left.staffId < right.staffId ? -1 : 1));
}

/** True when something differed; rows alone are no difference. */
export function hasDifference({ added, changed, lost, suspicious }: Drift): boolean {
  return added + changed + lost + suspicious > 0;
}

/** How a relation may differ. */
export const DRIFT_KINDS = ['added', 'changed', 'lost', 'suspicious'] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** One relation that differed. */
export type NamedDrift = RelationKey & { what: DriftKind };

/** So many relations of a run are kept by name. */
export const MOST_NAMED = 200;

/** Counts by member while a batch is read, and keeps the first that differed by name, unless `isNameless`. */
export function createDriftCount({ isNameless = false } = {}) {
  const byStaff = new Map<string, StaffDrift>();
  const named: NamedDrift[] = [];
  const add = (staffId: string, count: keyof Drift, by = 1): void => {
    const drift = byStaff.get(staffId) ?? { staffId, ...NO_DRIFT };
    drift[count] += by;
    byStaff.set(staffId, drift);
  };
  const all = (): StaffDrift[] => [...byStaff.values()];
  return {
    add,
    /** Counts relations that differed, and keeps their names. */
    addNamed(keys: Iterable<RelationKey>, what: DriftKind): void {
      for (const { staffId, externalUserId } of keys) {
        add(staffId, what);
        if (!isNameless && named.length < MOST_NAMED) named.push({ staffId, externalUserId, what });
      }
    },
    /** Forgets the rows of these members, which are about to be read again. */
    forgetRows(staffIds: readonly string[]): void {
      for (const staffId of staffIds) {
        const drift = byStaff.get(staffId);
        if (drift) drift.rows = 0;
      }
    },
    all,
    /** What is kept of it with the run. */
    report: () => ({ counts: sumOf(all()), perStaff: perStaffOf(all()), named }),
  };
}
export type DriftCount = ReturnType<typeof createDriftCount>;
