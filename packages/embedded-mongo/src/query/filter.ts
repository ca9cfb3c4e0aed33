import { badValue } from '../errors.ts';
import { BSONRegExp, isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { compileExpression } from '../aggregate/expression.ts';
import { isTruthy } from '../values/types.ts';
import { allOf, anyOf, fieldCondition, negation, noneOf } from './condition.ts';
import type { Condition, Predicate } from './condition.ts';
import {
  comparison,
  equalTo,
  existence,
  hasType,
  memberOf,
  regexMatch,
  remainder,
  sizeOf,
} from './predicates.ts';

/** What a filter needs beside itself: the variables `$expr` may read. */
export type FilterContext = { readonly vars: Readonly<Record<string, unknown>> };

const NO_VARS: FilterContext = { vars: {} };

/**
 * Compiles a query filter.
 *
 * @throws {CommandError} 2 – an operator that is unknown or malformed.
 */
export function parseFilter(filter: Doc, context: FilterContext = NO_VARS): Condition {
  const of: Condition[] = [];
  for (const [name, operand] of Object.entries(filter)) {
    if (name.startsWith('$')) of.push(...parseTopLevel(name, operand, context));
    else of.push(...parseField(name, operand));
  }
  return allOf(of);
}

function parseTopLevel(name: string, operand: unknown, context: FilterContext): Condition[] {
  if (name === '$and') return [allOf(parseList(name, operand, context))];
  if (name === '$or') return [anyOf(parseList(name, operand, context))];
  if (name === '$nor') return [noneOf(parseList(name, operand, context))];
  if (name === '$comment') return [];
  if (name === '$expr') return [parseExpr(operand, context)];
  throw badValue(
    `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
  );
}

function parseExpr(operand: unknown, { vars }: FilterContext): Condition {
  const evaluate = compileExpression(operand, new Set(Object.keys(vars)));
  return { kind: 'other', test: (doc) => isTruthy(evaluate({ root: doc, vars })) };
}

function parseList(name: string, operand: unknown, context: FilterContext): Condition[] {
  if (!Array.isArray(operand)) throw badValue(`${name} must be an array`);
  if (operand.length === 0) throw badValue(`$and/$or/$nor must be a nonempty array`);
  return operand.map((entry: unknown) => {
    if (!isDoc(entry)) throw badValue(`$or/$and/$nor entries need to be full objects`);
    return parseFilter(entry, context);
  });
}

function parseField(path: string, operand: unknown): Condition[] {
  if (isOperators(operand)) return parsePredicates(operand).map((each) => fieldCondition(path, each));
  return [fieldCondition(path, literal(operand))];
}

const literal = (operand: unknown): Predicate =>
  operand instanceof BSONRegExp ? regexMatch(operand, undefined) : equalTo(operand);

/** Whether a document is made of operators, such as `{ $gt: 1 }`. */
export function isOperators(value: unknown): value is Doc {
  if (!isDoc(value)) return false;
  const [first] = Object.keys(value);
  return first !== undefined && first.startsWith('$') && first !== '$ref' && first !== '$id';
}

function parsePredicates(operators: Doc): Predicate[] {
  const predicates: Predicate[] = [];
  for (const [op, operand] of Object.entries(operators)) {
    if (op === '$options') {
      if (!('$regex' in operators)) throw badValue('$options needs a $regex');
    } else if (op === '$comment') continue;
    else predicates.push(parsePredicate(op, operand, operators));
  }
  return predicates;
}

type Parse = (operand: unknown, siblings: Doc) => Predicate;

const OPERATORS: Readonly<Record<string, Parse>> = {
  $eq: (operand) => equalTo(refuseRegex('$eq', operand)),
  $ne: (operand) => negation('$ne', operand, [equalTo(refuseRegex('$ne', operand))]),
  $gt: (operand) => comparison('$gt', operand),
  $gte: (operand) => comparison('$gte', operand),
  $lt: (operand) => comparison('$lt', operand),
  $lte: (operand) => comparison('$lte', operand),
  $in: (operand) => memberOf(noOperators(operand)),
  $nin: parseNotIn,
  $exists: parseExists,
  $size: sizeOf,
  $mod: remainder,
  $type: hasType,
  $regex: (operand, siblings) => regexMatch(operand, siblings['$options']),
  $not: parseNot,
  $elemMatch: parseElemMatch,
  $all: parseAll,
};

function parsePredicate(op: string, operand: unknown, siblings: Doc): Predicate {
  const parse = Object.hasOwn(OPERATORS, op) ? OPERATORS[op] : undefined;
  if (!parse) throw badValue(`unknown operator: ${op}`);
  return parse(operand, siblings);
}

function refuseRegex(op: string, operand: unknown): unknown {
  if (operand instanceof BSONRegExp && op === '$ne') throw badValue("Can't have regex as arg to $ne.");
  if (operand instanceof BSONRegExp) throw badValue('$eq with a regular expression is not supported');
  return operand;
}

function noOperators(operand: unknown): unknown {
  if (Array.isArray(operand) && operand.some(isOperators)) throw badValue('cannot nest $ under $in');
  return operand;
}

function parseNotIn(operand: unknown): Predicate {
  if (!Array.isArray(operand)) throw badValue('$nin needs an array');
  return negation('$nin', operand, [memberOf(noOperators(operand))]);
}

function parseExists(operand: unknown): Predicate {
  const exists = existence(operand);
  return exists.operand === true ? exists : negation('$exists', false, [exists]);
}

function parseNot(operand: unknown): Predicate {
  if (operand instanceof BSONRegExp) return negation('$not', operand, [regexMatch(operand, undefined)]);
  if (!isDoc(operand)) throw badValue('$not needs a regex or a document');
  if (Object.keys(operand).length === 0) throw badValue('$not cannot be empty');
  return negation('$not', operand, parsePredicates(operand));
}

const LOGICAL = new Set(['$and', '$or', '$nor', '$expr']);

/** Whether a document begins with an operator that is about documents, such as `$or`. */
export const isLogical = (doc: Doc): boolean => LOGICAL.has(Object.keys(doc)[0] ?? '');

/** `$elemMatch`: one element meets all of it; with operators each element is a value, otherwise a document. */
function parseElemMatch(operand: unknown): Predicate {
  if (!isDoc(operand)) throw badValue('$elemMatch needs an Object');
  if (isOperators(operand) && !isLogical(operand)) {
    const predicates = parsePredicates(operand);
    return elements(operand, (value) => predicates.every((predicate) => predicate.test(value)));
  }
  const element = parseFilter(operand);
  const test = (value: unknown): boolean => {
    if (isDoc(value)) return element.test(value);
    return Array.isArray(value) && element.test({ ...value });
  };
  return { ...elements(operand, test), element };
}

const elements = (operand: unknown, test: (value: unknown) => boolean): Predicate => ({
  op: '$elemMatch',
  operand,
  expandsLeaf: false,
  test: (value) => Array.isArray(value) && value.some(test),
});

/** `$all`: an `$and` of equalities (or of `$elemMatch`es), each met by some element. */
function parseAll(operand: unknown): Predicate {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  const parts = operand.map((entry: unknown): Predicate => {
    if (isOperators(entry) && '$elemMatch' in entry) return parseElemMatch(entry['$elemMatch']);
    if (isOperators(entry)) throw badValue('no $ expressions in $all');
    return literal(entry);
  });
  const nothing: Predicate = { op: '$never', operand: null, expandsLeaf: true, test: () => false };
  return parts.length === 1 ? (parts[0] ?? nothing) : conjunction(operand, parts.length ? parts : [nothing]);
}

/** "All hold" said with the two negations that predicates have. */
const conjunction = (operand: unknown, parts: readonly Predicate[]): Predicate =>
  negation('$all', operand, [negation('$not', operand, parts)]);
