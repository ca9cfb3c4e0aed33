/** How accounts of the pool 待分配 find their owners. Source: domain.md §13. */
export const ASSIGN_STRATEGIES = ['manual', 'round_robin', 'least_loaded', 'by_region'] as const;
export type AssignStrategy = (typeof ASSIGN_STRATEGIES)[number];

/** An account without an owner. */
export type Unowned = { _id: string; region: string };

/** Who may get accounts: members in the order in which they are named, what each has already, and who takes which region. */
export type Takers = {
  staffIds: readonly string[];
  loads: ReadonlyMap<string, number>; // accounts by member; absent: none
  regions: ReadonlyMap<string, readonly string[]>; // members by region
};

export type Assigned = { accountId: string; ownerId: string };

/**
 * Gives every account one owner out of `staffIds`. Deterministic: accounts go in the order of their ids, ties to the member
 * named first. A region that none of them takes goes to whoever has least.
 *
 * @throws {RangeError} without anybody to give to, or when `manual` names more than one.
 */
export function assign(accounts: readonly Unowned[], strategy: AssignStrategy, takers: Takers): Assigned[] {
  const staffIds = [...new Set(takers.staffIds)];
  const [first] = staffIds;
  if (first === undefined) throw new RangeError('nobody to assign to');
  if (strategy === 'manual' && staffIds.length > 1)
    throw new RangeError('manual assignment names one member');
  const ordered = accounts.toSorted((a, b) => (a._id < b._id ? -1 : Number(a._id > b._id)));
  if (strategy === 'manual') return ordered.map(({ _id }) => ({ accountId: _id, ownerId: first }));
  if (strategy === 'round_robin')
    return ordered.map(({ _id }, index) => ({
      accountId: _id,
      ownerId: staffIds[index % staffIds.length] ?? first,
    }));
  const loads = new Map(staffIds.map((staffId) => [staffId, takers.loads.get(staffId) ?? 0]));
  return ordered.map(({ _id, region }) => {
    const fit = strategy === 'by_region' ? takersOf(region, staffIds, takers.regions) : staffIds;
    const ownerId = leastLoaded(fit, loads);
    loads.set(ownerId, (loads.get(ownerId) ?? 0) + 1);
    return { accountId: _id, ownerId };
  });
}

function takersOf(region: string, staffIds: readonly string[], regions: Takers['regions']) {
  const named = regions.get(region.trim()) ?? [];
  const fit = staffIds.filter((staffId) => named.includes(staffId));
  return fit.length > 0 ? fit : staffIds;
}

function leastLoaded(staffIds: readonly string[], loads: ReadonlyMap<string, number>): string {
  return staffIds.reduce((least, staffId) =>
    (loads.get(staffId) ?? 0) < (loads.get(least) ?? 0) ? staffId : least,
  );
}
