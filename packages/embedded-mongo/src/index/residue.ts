import { allOf } from '../query/condition.ts';
import type { Condition, Predicate } from '../query/condition.ts';
import { ObjectId } from '../values/bson.ts';
import { rankOf } from '../values/types.ts';
import { constraintsOf } from './constraint.ts';
import type { Plan } from './plan.ts';

type FieldPart = Extract<Condition, { kind: 'field' }>;

/** What of a condition the keys of a plan do not answer, and has to be asked of the documents; null: nothing. */
export function residueOf(plan: Plan, condition: Condition): Condition | null {
  const parts = partsOf(condition);
  const rest = plan.kind === 'index' ? parts.filter((part) => !isAnswered(plan, part, parts)) : parts;
  if (rest.length === parts.length) return parts.length === 0 ? null : condition;
  return rest.length === 0 ? null : allOf(rest);
}

const partsOf = (condition: Condition): readonly Condition[] =>
  condition.kind === 'and' ? condition.of.flatMap(partsOf) : [condition];

/** Whether the intervals hold the values that pass the part, and no others. */
function isAnswered(
  { index, exactFields }: Extract<Plan, { kind: 'index' }>,
  part: Condition,
  parts: readonly Condition[],
): boolean {
  if (part.kind !== 'field' || !(isExact(part.predicate) || asksForNothing(part))) return false;
  const paths = index.fields.slice(0, exactFields).map(({ path }) => path);
  return paths.includes(part.path) && constraintsOf(part).length === 1 && isAllOf(part, parts);
}

/** Whether the keys were chosen by the part and nothing else: it is the only one of its field, or one end of a range. */
function isAllOf(part: FieldPart, parts: readonly Condition[]): boolean {
  const others = parts.filter(
    (other) => other !== part && constraintsOf(other).some(({ path }) => path === part.path),
  );
  const [other] = others;
  if (!other) return true;
  return others.length === 1 && other.kind === 'field' && isOtherEnd(part.predicate, other.predicate);
}

const isOtherEnd = (one: Predicate, other: Predicate): boolean =>
  one.op.startsWith('$l') !== other.op.startsWith('$l') &&
  [one, other].every(({ op }) => RANGES.has(op)) &&
  isExact(other) &&
  rankOf(one.operand) === rankOf(other.operand);

const RANGES: ReadonlySet<string> = new Set(['$gt', '$gte', '$lt', '$lte']);

/** Whether the keys of an index tell the values that pass from all others. */
function isExact({ op, operand }: Predicate): boolean {
  if (op === '$in') return Array.isArray(operand) && operand.every(hasOwnKey);
  return (op === '$eq' || RANGES.has(op)) && hasOwnKey(operand);
}

/** Null means a missing field, too, and so does its key – but below an array, a missing field has this key and does not pass. */
const asksForNothing = ({ path, predicate }: FieldPart): boolean =>
  predicate.op === '$eq' && predicate.operand === null && !path.includes('.');

const hasOwnKey = (value: unknown): boolean =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && !Number.isNaN(value)) ||
  value instanceof Date ||
  value instanceof ObjectId;
