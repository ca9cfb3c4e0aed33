import type { Condition, Predicate } from '../query/condition.ts';
import { literalPrefix } from '../query/regex.ts';
import { BSONRegExp } from '../values/bson.ts';
import { EMPTY_ARRAY, RANK, rankOf } from '../values/types.ts';

/** An end of a range. */
export type Edge = { readonly value: unknown; readonly isInclusive: boolean };

/** What an index can be asked for one of its fields. Never narrower than the predicate it was made of. */
export type Constraint =
  | { readonly kind: 'points'; readonly values: readonly unknown[] }
  | { readonly kind: 'range'; readonly rank: number; readonly low: Edge | null; readonly high: Edge | null }
  | { readonly kind: 'prefix'; readonly text: string };

/** A constraint with the path it is about. */
export type FieldConstraint = { readonly path: string; readonly constraint: Constraint };

/** Everything that has to hold of single fields for the condition to hold. */
export function constraintsOf(condition: Condition, prefix = ''): FieldConstraint[] {
  if (condition.kind === 'and') return condition.of.flatMap((part) => constraintsOf(part, prefix));
  if (condition.kind !== 'field') return [];
  return ofPredicate(`${prefix}${condition.path}`, condition.predicate);
}

function ofPredicate(path: string, predicate: Predicate): FieldConstraint[] {
  // A number in a path means an element or a field's name; an index knows only one of them.
  if (path.split('.').some((part) => /^\d+$/.test(part))) return [];
  if (predicate.element) return constraintsOf(predicate.element, `${path}.`);
  if (predicate.op === '$all') {
    const parts = predicate.negated?.flatMap((inner) => inner.negated ?? []) ?? [];
    return parts.flatMap((part) => ofPredicate(path, part));
  }
  const make = CONSTRAINTS[predicate.op];
  const constraint = make ? make(predicate.operand) : null;
  return constraint ? [{ path, constraint }] : [];
}

const CONSTRAINTS: Readonly<Record<string, (operand: unknown) => Constraint | null>> = {
  $eq: (operand) => ({ kind: 'points', values: pointsOf(operand) }),
  $in: (operand) => inConstraint(Array.isArray(operand) ? operand : []),
  $gt: (operand) => rangeConstraint(operand, 'low', false),
  $gte: (operand) => rangeConstraint(operand, 'low', true),
  $lt: (operand) => rangeConstraint(operand, 'high', false),
  $lte: (operand) => rangeConstraint(operand, 'high', true),
  $regex: (operand) => {
    const text = operand instanceof BSONRegExp ? literalPrefix(operand) : null;
    return text === null ? null : { kind: 'prefix', text };
  },
};

/** An array is indexed by its elements, so equality with one looks for its first element, and for the array as an element. */
function pointsOf(operand: unknown): unknown[] {
  if (!Array.isArray(operand)) return [operand];
  return [operand.length === 0 ? EMPTY_ARRAY : (operand[0] as unknown), operand];
}

function inConstraint(values: readonly unknown[]): Constraint | null {
  if (values.some((value) => value instanceof BSONRegExp)) return null;
  return { kind: 'points', values: values.flatMap(pointsOf) };
}

function rangeConstraint(value: unknown, end: 'low' | 'high', isInclusive: boolean): Constraint | null {
  if (Array.isArray(value)) return null;
  if (value === null || Number.isNaN(value)) return isInclusive ? { kind: 'points', values: [value] } : null;
  const edge = { value, isInclusive };
  return {
    kind: 'range',
    rank: rankOf(value),
    low: end === 'low' ? edge : null,
    high: end === 'high' ? edge : null,
  };
}

/** Whether documents without the field may meet the constraint; a sparse index does not know those. */
export const allowsMissing = (constraint: Constraint): boolean =>
  constraint.kind === 'points' && constraint.values.some((value) => value === null || value === undefined);

/**
 * One constraint for a field out of all that are known of it.
 *
 * @param isMultikey then only one can be used, because different elements may meet different ones.
 */
export function merged(constraints: readonly Constraint[], isMultikey: boolean): Constraint | null {
  const points = constraints.filter(({ kind }) => kind === 'points');
  const best = points.toSorted((left, right) => pointCount(left) - pointCount(right))[0] ?? constraints[0];
  if (!best || isMultikey || best.kind !== 'range') return best ?? null;
  return constraints.reduce(intersect, best);
}

const pointCount = (constraint: Constraint): number =>
  constraint.kind === 'points' ? constraint.values.length : 0;

/** Ranges of different types cannot both hold; then either of them is wide enough. */
function intersect(left: Constraint, right: Constraint): Constraint {
  if (left.kind !== 'range' || right.kind !== 'range' || left.rank !== right.rank) return left;
  return { ...left, low: left.low ?? right.low, high: left.high ?? right.high };
}

/** Whether the constraint holds exactly one value, so that the field does not disturb an order. */
export const isSinglePoint = (constraint: Constraint): boolean =>
  constraint.kind === 'points' && constraint.values.length === 1;

/** The rank of strings, for prefixes. */
export const STRING_RANK = RANK.string;
