import type { Condition, Predicate } from '../query/condition.ts';
import { equalValues } from '../values/compare.ts';

/** Whether every document that meets `condition` surely meets `required`; false when in doubt. */
export function implies(condition: Condition, required: Condition): boolean {
  if (required.kind === 'and') return required.of.every((part) => implies(condition, part));
  if (required.kind === 'or') return required.of.some((part) => implies(condition, part));
  if (required.kind !== 'field') return false;
  const { path, predicate } = required;
  return predicatesOn(condition, path).some((given) => predicateImplies(given, predicate));
}

function predicatesOn(condition: Condition, path: string): Predicate[] {
  if (condition.kind === 'and') return condition.of.flatMap((part) => predicatesOn(part, path));
  return condition.kind === 'field' && condition.path === path ? [condition.predicate] : [];
}

function predicateImplies(given: Predicate, required: Predicate): boolean {
  if (given.op === required.op && !required.negated && isSameOperand(given.operand, required.operand))
    return true;
  const values = pinnedValues(given);
  if (values) return values.every((value) => isScalar(value) && !required.negated && required.test(value));
  if (required.op === '$exists')
    return required.operand === true && given.op in BOUNDED && given.operand !== null;
  return boundImplies(given, required);
}

const isSameOperand = (left: unknown, right: unknown): boolean => equalValues(left, right);

/** The values a field can only have under this predicate, or `null`. */
function pinnedValues(given: Predicate): readonly unknown[] | null {
  if (given.op === '$eq') return [given.operand];
  return given.op === '$in' && Array.isArray(given.operand) ? given.operand : null;
}

/** Null also stands for "not there", and arrays mean their elements: neither pins the field down. */
const isScalar = (value: unknown): boolean => value !== null && value !== undefined && !Array.isArray(value);

const BOUNDED: Readonly<Record<string, 'low' | 'high'>> = {
  $gt: 'low',
  $gte: 'low',
  $lt: 'high',
  $lte: 'high',
};

/** `$gt: 5` implies `$gt: 3` and `$gte: 5`. */
function boundImplies(given: Predicate, required: Predicate): boolean {
  const end = BOUNDED[given.op];
  if (!end || end !== BOUNDED[required.op] || given.operand === null) return false;
  if (equalValues(given.operand, required.operand))
    return !required.op.endsWith('e') ? given.op === required.op : true;
  return required.test(given.operand);
}
