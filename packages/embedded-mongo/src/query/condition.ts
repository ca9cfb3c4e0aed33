import type { Doc } from '../values/bson.ts';
import { parsePath, rootOf, someElement } from './path.ts';

/** What one value is asked. `op` and `operand` stay readable, because the planner turns them into index bounds. */
export type Predicate = {
  readonly op: string;
  readonly operand: unknown;
  /** Whether an array is asked element by element too. */
  readonly expandsLeaf: boolean;
  readonly test: (value: unknown) => boolean;
  /** Set for `$not` and what is built on it: true where not all of these hold. */
  readonly negated?: readonly Predicate[];
  /** Set for `$elemMatch` with a filter: the conditions one and the same element meets. */
  readonly element?: Condition;
};

/** A filter, compiled: a test, and the tree it was made of. */
export type Condition =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly of: readonly Condition[]; readonly test: DocTest }
  | { readonly kind: 'field'; readonly path: string; readonly predicate: Predicate; readonly test: DocTest }
  | { readonly kind: 'other'; readonly test: DocTest };

type DocTest = (doc: Doc) => boolean;

/** All of them. */
export function allOf(of: readonly Condition[]): Condition {
  const [first] = of;
  if (first && of.length === 1) return first;
  return { kind: 'and', of, test: (doc) => of.every((condition) => condition.test(doc)) };
}

/** At least one of them. */
export const anyOf = (of: readonly Condition[]): Condition => ({
  kind: 'or',
  of,
  test: (doc) => of.some((condition) => condition.test(doc)),
});

/** None of them. */
export const noneOf = (of: readonly Condition[]): Condition => ({
  kind: 'nor',
  of,
  test: (doc) => !of.some((condition) => condition.test(doc)),
});

/** The names of the document's own fields that the condition looks at; null when it may look at any. */
export function rootsOf(condition: Condition): Set<string> | null {
  if (condition.kind === 'other') return null;
  if (condition.kind === 'field') return new Set([rootOf(condition.path)]);
  const parts = condition.of.map(rootsOf);
  return parts.reduce((all, part) => (all && part ? new Set([...all, ...part]) : null), new Set<string>());
}

/** The predicate, asked of the field at a dotted path. */
export function fieldCondition(path: string, predicate: Predicate): Condition {
  return { kind: 'field', path, predicate, test: testOf(path, predicate) };
}

function testOf(text: string, predicate: Predicate): DocTest {
  if (predicate.negated) {
    const tests = predicate.negated.map((part) => testOf(text, part));
    return (doc) => !tests.every((test) => test(doc));
  }
  const path = parsePath(text);
  return (doc) => someElement(doc, path, predicate);
}

/** `$not`: for a field, no element may pass; for a single value, the opposite. */
export const negation = (op: string, operand: unknown, negated: readonly Predicate[]): Predicate => ({
  op,
  operand,
  negated,
  expandsLeaf: false,
  test: (value) => !negated.every((predicate) => predicate.test(value)),
});
