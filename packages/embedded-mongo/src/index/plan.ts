import type { Condition } from '../query/condition.ts';
import { rootOf } from '../query/path.ts';
import type { Sort } from '../query/sort.ts';
import type { Collection, Index } from '../storage/collection.ts';
import type { Store } from '../storage/store.ts';
import { allowsMissing, constraintsOf, isSinglePoint, merged } from './constraint.ts';
import type { Constraint, FieldConstraint } from './constraint.ts';
import { implies } from './implication.ts';
import { intervalsOf } from './ranges.ts';
import type { Interval } from './ranges.ts';

/** How to get at the documents. Every plan gives a superset of the answer; `residueOf` tells what is left to be decided. */
export type Plan =
  | { readonly kind: 'collection' }
  | {
      readonly kind: 'index';
      readonly index: Index;
      readonly intervals: readonly Interval[];
      readonly isReverse: boolean;
      readonly isSorted: boolean;
      /** Of so many of the index's fields, from the first, the intervals hold exactly what is asked, and nothing else. */
      readonly exactFields: number;
    }
  | { readonly kind: 'union'; readonly plans: readonly IndexPlan[] };

/** A plan over one index. */
export type IndexPlan = Extract<Plan, { kind: 'index' }>;

/** The tables of the indexes that a plan goes by. */
export const tablesOf = (plan: Plan): number[] =>
  plan.kind === 'collection'
    ? []
    : (plan.kind === 'union' ? plan.plans : [plan]).map(({ index }) => index.table);

/** What a plan is made for. */
export type Wanted = {
  readonly condition: Condition;
  readonly sort: Sort | null;
  /** Restricts the choice to one index; `$natural` is a null index. */
  readonly hint?: Index | null;
};

/** So many keys are looked at per candidate to see which one is the narrowest. */
const SAMPLE_KEYS = 100;

/** Chooses an index, several for an `$or`, or the whole collection. */
export function planOf(store: Store, collection: Collection, wanted: Wanted): Plan {
  if (wanted.hint === null) return { kind: 'collection' };
  const known = constraintsOf(wanted.condition);
  const usable = wanted.hint ? [wanted.hint] : collection.indexes.filter(({ spec }) => !spec.hidden);
  const candidates = usable.flatMap((index) => candidateOf(index, known, wanted));
  const bounded = candidates.filter(({ constraints }) => constraints.length > 0);
  const best = wanted.hint ? candidates[0] : narrowest(store, bounded);
  if (best) return best.plan;
  const union = unionOf(store, collection, wanted);
  return union ?? candidates.find(({ plan }) => plan.isSorted)?.plan ?? { kind: 'collection' };
}

type Candidate = { readonly plan: IndexPlan; readonly constraints: readonly Constraint[] };

function candidateOf(index: Index, known: readonly FieldConstraint[], wanted: Wanted): Candidate[] {
  if (index.partial && !implies(wanted.condition, index.partial)) return [];
  const constraints = leadingConstraints(index, known);
  if (index.spec.sparse && !constraints.some((constraint) => !allowsMissing(constraint))) return [];
  const order = wanted.sort ? orderGiven(index, constraints, wanted.sort) : null;
  const { intervals, used } = intervalsOf(index, constraints);
  const plan: IndexPlan = {
    kind: 'index',
    index,
    intervals,
    isReverse: order === 'reverse',
    isSorted: order !== null,
    exactFields: index.isMultikey || index.hasCutKeys ? 0 : used,
  };
  return [{ plan, constraints }];
}

/** The constraints of the index's fields from the first, up to where nothing more can be used. */
function leadingConstraints(index: Index, known: readonly FieldConstraint[]): Constraint[] {
  const constraints: Constraint[] = [];
  const roots = new Set<string>();
  for (const { path } of index.fields) {
    const root = rootOf(path);
    // Of two fields in one array, different elements may meet the two constraints.
    if (index.isMultikey && roots.has(root)) break;
    roots.add(root);
    const ofField = known.filter((each) => each.path === path).map((each) => each.constraint);
    const constraint = merged(ofField, index.isMultikey);
    if (!constraint) break;
    constraints.push(constraint);
    if (constraint.kind !== 'points') break;
  }
  return constraints;
}

/** Whether walking the index, forward or in reverse, already gives the sort's order. */
function orderGiven(
  index: Index,
  constraints: readonly Constraint[],
  sort: Sort,
): 'forward' | 'reverse' | null {
  if (index.isMultikey || index.hasCutKeys) return null;
  const isFixed = (at: number): boolean => {
    const constraint = constraints[at];
    return constraint !== undefined && isSinglePoint(constraint);
  };
  const fixedPaths = new Set(index.fields.filter((_, at) => isFixed(at)).map(({ path }) => path));
  const wanted = sort.fields.filter(({ path }) => !fixedPaths.has(path));
  const given = index.fields.filter((_, at) => !isFixed(at));
  const isSame = (flipped: boolean): boolean =>
    wanted.every(({ path, isDescending }, at) => {
      const field = given[at];
      return field?.path === path && (field.isDescending !== isDescending) === flipped;
    });
  if (isSame(false)) return 'forward';
  return isSame(true) ? 'reverse' : null;
}

/** Looks at a few keys of each candidate; of equally narrow ones the sorted wins, then the one that binds more fields. */
function narrowest(store: Store, candidates: readonly Candidate[]): Candidate | undefined {
  if (candidates.length < 2) return candidates[0];
  const exact = candidates.find(({ plan }) => plan.intervals.length === 1 && plan.intervals[0]?.isKey);
  const surely = exact ?? candidates.find((each) => candidates.every((other) => bindsMore(each, other)));
  if (surely) return surely;
  const ranked = candidates.map((candidate) => ({ candidate, keys: sampleSize(store, candidate.plan) }));
  ranked.sort(
    (left, right) =>
      left.keys - right.keys ||
      Number(right.candidate.plan.isSorted) - Number(left.candidate.plan.isSorted) ||
      right.candidate.constraints.length - left.candidate.constraints.length,
  );
  return ranked[0]?.candidate;
}

/** Whether the keys of the one are sure to be among the other's, and in as good an order: it binds the other's fields, and more. */
function bindsMore(one: Candidate, other: Candidate): boolean {
  if (one === other) return true;
  if (one.plan.index.isMultikey || other.plan.index.isMultikey) return false;
  if (other.plan.isSorted && !one.plan.isSorted) return false;
  const more = boundFields(one);
  const fewer = boundFields(other);
  return more.size > fewer.size && [...fewer].every((path) => more.has(path));
}

const boundFields = ({ plan, constraints }: Candidate): Set<string> =>
  new Set(plan.index.fields.slice(0, constraints.length).map(({ path }) => path));

function sampleSize(store: Store, { intervals }: IndexPlan): number {
  let keys = 0;
  for (const { low, high } of intervals) {
    if (keys >= SAMPLE_KEYS) break;
    keys += store.keys({ low, high, isReverse: false }, SAMPLE_KEYS - keys).length;
  }
  return keys;
}

/** An `$or` whose every branch has an index. */
function unionOf(store: Store, collection: Collection, wanted: Wanted): Plan | null {
  const parts = wanted.condition.kind === 'and' ? wanted.condition.of : [wanted.condition];
  for (const part of parts) {
    if (part.kind !== 'or') continue;
    const plans = part.of.map((condition) => planOf(store, collection, { condition, sort: null }));
    const indexed = plans.flatMap((plan) => {
      if (plan.kind === 'union') return plan.plans;
      return plan.kind === 'index' ? [plan] : [];
    });
    if (plans.every(({ kind }) => kind !== 'collection')) return { kind: 'union', plans: indexed };
  }
  return null;
}
