import type { KnownProduct } from '../deals/product.ts';

/** How accounts of the pool 待分配 find their owners. Source: domain.md §13. */
export const ASSIGN_STRATEGIES = [
  'manual',
  'round_robin',
  'least_loaded',
  'by_region',
  'by_product',
] as const;
export type AssignStrategy = (typeof ASSIGN_STRATEGIES)[number];

/** An account without an owner; `product` as `productOf` knows it. */
export type Unowned = { _id: string; region: string; product?: KnownProduct | null };

/** Who may get accounts: members in the order in which they are named, what each has already, and who takes which region or product. */
export type Takers = {
  staffIds: readonly string[];
  loads: ReadonlyMap<string, number>; // accounts by member; absent: none
  regions: ReadonlyMap<string, readonly string[]>; // members by region
  products: ReadonlyMap<string, readonly string[]>; // members by product
};

/**
 * Why this member: how it was given; `matched`: the region or product that they take, null when nobody named takes it, or
 * nobody asked; `accountCount`: what they had by then, null when it did not count; `product`: by which deal the product is known.
 */
export type AssignWhy = {
  strategy: AssignStrategy;
  matched: string | null;
  accountCount: number | null;
  product: KnownProduct | null;
};

export type Assigned = { accountId: string; ownerId: string; why: AssignWhy };

/** The reason of an assignment as it is kept beside a change of owner; null for any other reason. */
export function assignWhyOf(why: unknown): AssignWhy | null {
  const strategy = typeof why === 'object' && why !== null && 'strategy' in why ? why.strategy : null;
  return ASSIGN_STRATEGIES.some((each) => each === strategy) ? (why as AssignWhy) : null;
}

/**
 * Gives every account one owner out of `staffIds`. Deterministic: accounts go in the order of their ids, ties to the member
 * named first. A region or product that none of them takes, and an account without one, goes to whoever has least.
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
  if (strategy === 'manual' || strategy === 'round_robin')
    return ordered.map(({ _id }, index) => ({
      accountId: _id,
      ownerId: staffIds[index % staffIds.length] ?? first,
      why: { strategy, matched: null, accountCount: null, product: null },
    }));
  const loads = new Map(staffIds.map((staffId) => [staffId, takers.loads.get(staffId) ?? 0]));
  return ordered.map((account) => {
    const { fit, ...reason } = fitOf(account, strategy, { ...takers, staffIds });
    const ownerId = leastLoaded(fit, loads);
    const accountCount = loads.get(ownerId) ?? 0;
    loads.set(ownerId, accountCount + 1);
    return { accountId: account._id, ownerId, why: { strategy, ...reason, accountCount } };
  });
}

type Fit = Pick<AssignWhy, 'matched' | 'product'> & { fit: readonly string[] };

/** Who of those named takes the account: all of them where nobody takes just this. */
function fitOf(account: Unowned, strategy: AssignStrategy, takers: Takers): Fit {
  const product = strategy === 'by_product' ? (account.product ?? null) : null;
  const [wanted, table] = wantedOf(account, strategy, takers);
  const named = table?.get(wanted) ?? [];
  const fit = takers.staffIds.filter((staffId) => named.includes(staffId));
  return fit.length > 0
    ? { fit, matched: wanted, product }
    : { fit: takers.staffIds, matched: null, product };
}

type Wanted = [name: string, table: Takers['regions'] | null];

function wantedOf({ region, product }: Unowned, strategy: AssignStrategy, takers: Takers): Wanted {
  if (strategy === 'by_region') return [region.trim(), takers.regions];
  return strategy === 'by_product' ? [product?.product ?? '', takers.products] : ['', null];
}

function leastLoaded(staffIds: readonly string[], loads: ReadonlyMap<string, number>): string {
  return staffIds.reduce((least, staffId) =>
    (loads.get(staffId) ?? 0) < (loads.get(least) ?? 0) ? staffId : least,
  );
}
