import { CommandError, failedToParse } from '../../errors.ts';
import { isDoc } from '../../values/bson.ts';
import { compareValues } from '../../values/compare.ts';
import { isTruthy } from '../../values/types.ts';
import { isConstant } from './constant.ts';
import { isNullish, named, namedParts, positional, stepwise } from './operator.ts';
import type { Build, Compile, Evaluate, OperatorTable } from './operator.ts';

const compared = (name: string, accepts: (order: number) => boolean): Build =>
  positional(name, [2, 2], ([left, right]) => accepts(compareValues(left, right)));

/** `{ if, then, else }` or `[if, then, else]`; only the branch taken is evaluated. */
const cond: Build = (operand, compile) => {
  const branches = Array.isArray(operand) ? listBranches(operand) : namedBranches(operand);
  const [test, taken, otherwise] = branches.map((part) => compile(part));
  return (scope) => (isTruthy(test?.(scope)) ? taken?.(scope) : otherwise?.(scope));
};

const COND = { required: ['if', 'then', 'else'], optional: [] };

function namedBranches(operand: unknown): unknown[] {
  const { if: test, then: taken, else: otherwise } = namedParts('$cond', COND, operand);
  return [test, taken, otherwise];
}

function listBranches(parts: unknown[]): unknown[] {
  const message = `Expression $cond takes exactly 3 arguments. ${parts.length} were passed in.`;
  if (parts.length !== 3) throw new CommandError(16020, message);
  return parts;
}

type Branch = { readonly test: Evaluate; readonly value: Evaluate };

/** @throws {CommandError} 40061–40065 – what is no list of branches. */
function branchesOf(branches: unknown, compile: Compile): Branch[] {
  if (!Array.isArray(branches)) throw new CommandError(40061, "$switch expected an array for 'branches'");
  const compiled = branches.map((branch: unknown) => {
    const { case: test, then } = namedParts('$switch branch', BRANCH, branch);
    return { isNever: isNever(test, compile), branch: { test: compile(test), value: compile(then) } };
  });
  return compiled.filter(({ isNever }) => !isNever).map(({ branch }) => branch);
}

const BRANCH = { required: ['case', 'then'], optional: [] };

/** Whether a case is false whatever the document: MongoDB leaves such a branch out before it looks at any. */
const isNever = (test: unknown, compile: Compile): boolean =>
  isConstant(test) && !isTruthy(compile(test)({ root: {}, vars: {} }));

const switchCase: Build = (operand, compile) => {
  const names = { required: ['branches'], optional: ['default'] };
  const { branches, default: fallback } = namedParts('$switch', names, operand);
  const cases = branchesOf(branches, compile);
  if (Array.isArray(branches) && branches.length === 0)
    throw new CommandError(40068, '$switch requires at least one branch');
  const hasFallback = isDoc(operand) && 'default' in operand;
  if (cases.length === 0 && !hasFallback) {
    const message =
      'Cannot execute a switch statement where all the cases evaluate to false without a default.';
    throw new CommandError(40069, message);
  }
  const otherwise = compile(fallback);
  return (scope) => {
    const taken = cases.find(({ test }) => isTruthy(test(scope)));
    if (taken) return taken.value(scope);
    if (hasFallback) return otherwise(scope);
    throw new CommandError(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
};

/** The first value that is not null; the last one otherwise. What comes behind the first is not evaluated. */
function firstNotNull(values: Iterable<unknown>): unknown {
  let last: unknown;
  for (const value of values) {
    if (!isNullish(value)) return value;
    last = value;
  }
  return last;
}

const ifNull: Build = (operand, compile) => {
  const count = Array.isArray(operand) ? operand.length : 1;
  if (count < 2) throw new CommandError(1257300, `$ifNull needs at least two arguments, had: ${count}`);
  return stepwise(firstNotNull)(operand, compile);
};

const letIn: Build = (operand, compile) => {
  const { vars, in: body } = namedParts('$let', { required: ['vars', 'in'], optional: [] }, operand);
  if (!isDoc(vars)) throw new CommandError(10065, 'invalid parameter: expected an object (vars)');
  const names = Object.keys(vars);
  names.forEach(checkVariableName);
  const values = names.map((name) => compile(vars[name]));
  const run = compile(body, names);
  return (scope) => {
    const bound = Object.fromEntries(names.map((name, at) => [name, values[at]?.(scope)]));
    return run({ ...scope, vars: { ...scope.vars, ...bound } });
  };
};

/** @throws {CommandError} 9 – a user's variable has to start with a lower-case letter. */
export function checkVariableName(name: string): void {
  if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name)) {
    throw failedToParse(`'${name}' starts with an invalid character for a user variable name`);
  }
}

/** Both stop at the first value that decides. */
const logical =
  (decides: boolean): Build =>
  (operand, compile) => {
    const parts = (Array.isArray(operand) ? operand : [operand]).map((part: unknown) => compile(part));
    return (scope) => parts.some((part) => isTruthy(part(scope)) === decides) === decides;
  };

/** Conditions, comparison in BSON order, logic and literals. */
export const controlOperators: OperatorTable = {
  $cond: cond,
  $switch: switchCase,
  $ifNull: ifNull,
  $let: letIn,
  $literal: (operand) => () => operand,
  $and: logical(false),
  $or: logical(true),
  $not: positional('$not', [1, 1], ([value]) => !isTruthy(value)),
  $eq: compared('$eq', (order) => order === 0),
  $ne: compared('$ne', (order) => order !== 0),
  $gt: compared('$gt', (order) => order > 0),
  $gte: compared('$gte', (order) => order >= 0),
  $lt: compared('$lt', (order) => order < 0),
  $lte: compared('$lte', (order) => order <= 0),
  $cmp: positional('$cmp', [2, 2], ([left, right]) => Math.sign(compareValues(left, right))),
  $rand: named('$rand', { required: [], optional: [] }, () => Math.random()),
};
