import { CommandError } from '../../errors.ts';
import { isDoc } from '../../values/bson.ts';
import type { Doc } from '../../values/bson.ts';
import { compareValues } from '../../values/compare.ts';
import { identityOf } from '../../values/key.ts';
import { rankOf } from '../../values/types.ts';
import { compileExpression } from '../expression.ts';
import type { Evaluate } from '../operators/operator.ts';
import type { BuildStage, Stage, StageContext, StageTable } from '../stage.ts';
import { groupFieldOf } from './accumulators.ts';
import type { Accumulator, GroupField } from './accumulators.ts';

const compiler =
  ({ vars }: StageContext) =>
  (expression: unknown): Evaluate =>
    compileExpression(expression, new Set(Object.keys(vars)));

type Grouping = { idOf: Evaluate; fields: readonly GroupField[]; vars: StageContext['vars'] };

const group: BuildStage = (operand, context) => {
  if (!isDoc(operand)) throw new CommandError(15947, "a group's fields must be specified in an object");
  if (!('_id' in operand)) throw new CommandError(15955, 'a group specification must include an _id');
  const compile = compiler(context);
  const { _id, ...outputs } = operand;
  const fields = Object.entries(outputs).map(([name, spec]) => groupFieldOf(name, spec, compile));
  return grouped({ idOf: compile(_id), fields, vars: context.vars });
};

/** One document for each value of `_id`, in the order the groups were first seen. */
function grouped({ idOf, fields, vars }: Grouping): Stage {
  return function* (input) {
    const groups = new Map<string, { id: unknown; accumulators: Accumulator[] }>();
    for (const root of input) {
      const scope = { root, vars };
      const id = idOf(scope) ?? null;
      const identity = identityOf(id);
      let entry = groups.get(identity);
      if (!entry) {
        entry = { id, accumulators: fields.map(({ start }) => start()) };
        groups.set(identity, entry);
      }
      for (const [at, { evaluate }] of fields.entries()) entry.accumulators[at]?.add(evaluate(scope));
    }
    for (const { id, accumulators } of groups.values()) yield groupDocument(id, fields, accumulators);
  };
}

function groupDocument(
  id: unknown,
  fields: readonly GroupField[],
  accumulators: readonly Accumulator[],
): Doc {
  const doc: Doc = { _id: id };
  for (const [at, { name }] of fields.entries()) doc[name] = accumulators[at]?.result();
  return doc;
}

const sortByCount: BuildStage = (operand, context) => {
  const isExpression = (typeof operand === 'string' && operand.startsWith('$')) || isDoc(operand);
  if (!isExpression)
    throw new CommandError(40149, 'the sortByCount field must be specified as a string or as an object');
  return context.compile(
    [{ $group: { _id: operand, count: { $sum: 1 } } }, { $sort: { count: -1 } }],
    context,
  );
};

type Bucket = { groupBy: unknown; boundaries: unknown[]; output: Doc; spec: Doc };

function bucketOf(operand: unknown): Bucket {
  if (!isDoc(operand)) throw new CommandError(40201, 'Argument to $bucket stage must be an object');
  const { groupBy, boundaries, output = { count: { $sum: 1 } } } = operand;
  const unknown = Object.keys(operand).find(
    (name) => !['groupBy', 'boundaries', 'default', 'output'].includes(name),
  );
  if (unknown) throw new CommandError(40197, `Unrecognized option to $bucket: ${unknown}.`);
  if (groupBy === undefined || boundaries === undefined)
    throw new CommandError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  if (!Array.isArray(boundaries))
    throw new CommandError(40200, "The $bucket 'boundaries' field must be an array of values");
  if (!isDoc(output)) throw new CommandError(40196, "The $bucket 'output' field must be an object");
  checkBoundaries(boundaries);
  return { groupBy, boundaries, output, spec: operand };
}

function checkBoundaries(boundaries: readonly unknown[]): void {
  if (boundaries.length < 2)
    throw new CommandError(40192, "The $bucket 'boundaries' field must have at least 2 values");
  for (const [at, boundary] of boundaries.entries()) {
    if (at === 0) continue;
    if (rankOf(boundary) !== rankOf(boundaries[at - 1])) {
      throw new CommandError(
        40193,
        "All values in the the 'boundaries' option to $bucket must have the same type.",
      );
    }
    if (compareValues(boundaries[at - 1], boundary) >= 0) {
      throw new CommandError(40194, "The 'boundaries' option to $bucket must be sorted in ascending order");
    }
  }
}

/** Groups by the interval a value lies in: each from its lower boundary up to but without the next. */
const bucket: BuildStage = (operand, context) => {
  const { groupBy, boundaries, output, spec } = bucketOf(operand);
  const compile = compiler(context);
  const valueOf = compile(groupBy);
  const fallback = 'default' in spec ? compile(spec['default']) : null;
  const idOf: Evaluate = (scope) => {
    const value = valueOf(scope);
    const upper = boundaries.findIndex((boundary) => compareValues(value, boundary) < 0);
    if (upper > 0) return boundaries[upper - 1];
    if (fallback) return fallback(scope);
    throw new CommandError(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
  const fields = Object.entries(output).map(([name, field]) => groupFieldOf(name, field, compile));
  const stage = grouped({ idOf, fields, vars: context.vars });
  return (input) => [...stage(input)].sort((left, right) => compareValues(left['_id'], right['_id']));
};

/** Stages that gather documents. */
export const groupStages: StageTable = { $group: group, $sortByCount: sortByCount, $bucket: bucket };
