import { PAUSE_DOC } from '../../engine/pause.ts';
import { CommandError, ensure } from '../../errors.ts';
import { isDoc } from '../../values/bson.ts';
import type { Doc } from '../../values/bson.ts';
import { compareValues } from '../../values/compare.ts';
import { rankOf } from '../../values/types.ts';
import { compileExpression } from '../expression.ts';
import { isConstant } from '../operators/constant.ts';
import type { Evaluate } from '../operators/operator.ts';
import type { BuildStage } from '../stage.ts';
import { groupFieldOf } from './accumulators.ts';
import { compiler, grouped, isPathOrExpression } from './group.ts';

type Bucket = { groupBy: unknown; boundaries: unknown[]; output: Doc; spec: Doc };

const BUCKET_OPTIONS = ['groupBy', 'boundaries', 'default', 'output'];

function bucketOf(operand: unknown): Bucket {
  ensure(isDoc(operand), 40201, 'Argument to $bucket stage must be an object');
  const { groupBy, boundaries, output = { count: { $sum: 1 } } } = operand;
  const unknown = Object.keys(operand).find((name) => !BUCKET_OPTIONS.includes(name));
  ensure(!unknown, 40197, `Unrecognized option to $bucket: ${unknown}.`);
  const isWhole = groupBy !== undefined && boundaries !== undefined;
  ensure(isWhole, 40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  ensure(isPathOrExpression(groupBy), 40202, "The $bucket 'groupBy' field must be a path or an expression");
  ensure(Array.isArray(boundaries), 40200, "The $bucket 'boundaries' field must be an array of values");
  ensure(boundaries.every(isConstant), 40191, "The $bucket 'boundaries' field must be constants");
  ensure(isDoc(output), 40196, "The $bucket 'output' field must be an object");
  const values = boundaries.map((boundary: unknown) => compileExpression(boundary)({ root: {}, vars: {} }));
  checkBoundaries(values);
  return { groupBy, boundaries: values, output, spec: operand };
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

/** @throws {CommandError} 40195, 40199 – a default that is no constant, or lies within the boundaries. */
function checkDefault(operand: unknown, evaluate: Evaluate, boundaries: readonly unknown[]): void {
  ensure(isConstant(operand), 40195, "The $bucket 'default' field must be a constant");
  const value = evaluate({ root: {}, vars: {} });
  const isWithin = compareValues(value, boundaries[0]) >= 0 && compareValues(value, boundaries.at(-1)) < 0;
  ensure(
    !isWithin,
    40199,
    "The $bucket 'default' field must be less than the lowest boundary or not below the highest",
  );
}

/** Groups by the interval a value lies in: each from its lower boundary up to but without the next. */
export const bucket: BuildStage = (operand, context) => {
  const { groupBy, boundaries, output, spec } = bucketOf(operand);
  const compile = compiler(context);
  const valueOf = compile(groupBy);
  const fallback = 'default' in spec ? compile(spec['default']) : null;
  if (fallback) checkDefault(spec['default'], fallback, boundaries);
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
  return function* (input) {
    const buckets: Doc[] = [];
    for (const doc of stage(input)) {
      if (doc === PAUSE_DOC) yield doc;
      else buckets.push(doc);
    }
    yield* buckets.sort((left, right) => compareValues(left['_id'], right['_id']));
  };
};
