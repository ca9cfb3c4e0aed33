import { CommandError } from '../errors.ts';
import { copyValue, isDoc, own, setOwn } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { arithmeticOperators } from './operators/arithmetic.ts';
import { arrayOperators } from './operators/arrays.ts';
import { controlOperators } from './operators/control.ts';
import { conversionOperators } from './operators/conversion.ts';
import { dateOperators } from './operators/dates.ts';
import type { Compile, Evaluate, OperatorTable } from './operators/operator.ts';
import { objectOperators } from './operators/objects.ts';
import { setOperators } from './operators/sets.ts';
import { stringOperators } from './operators/strings.ts';
import { summaryOperators } from './operators/summaries.ts';

const OPERATORS: OperatorTable = {
  ...arithmeticOperators,
  ...arrayOperators,
  ...controlOperators,
  ...conversionOperators,
  ...dateOperators,
  ...objectOperators,
  ...setOperators,
  ...stringOperators,
  ...summaryOperators,
};

/** Whether there is an expression operator of this name. */
export const isOperator = (name: string): boolean => Object.hasOwn(OPERATORS, name);

/**
 * Compiles an aggregation expression.
 *
 * @param names the variables it may use besides the system's own.
 * @throws {CommandError} 168 – unknown operator; 17276 – unknown variable; others as MongoDB's parser gives them.
 */
export function compileExpression(expression: unknown, names: ReadonlySet<string> = new Set()): Evaluate {
  if (typeof expression === 'string' && expression.startsWith('$')) return reference(expression, names);
  const compile: Compile = (part, more = []) => compileExpression(part, new Set([...names, ...more]));
  if (Array.isArray(expression)) return arrayOf(expression.map((part) => compile(part)));
  if (!isDoc(expression)) return () => expression;
  const [first] = Object.keys(expression);
  return first?.startsWith('$') ? operation(expression, compile) : objectOf(expression, compile);
}

const arrayOf =
  (parts: readonly Evaluate[]): Evaluate =>
  (scope) =>
    parts.map((part) => part(scope) ?? null);

function operation(expression: Doc, compile: Compile): Evaluate {
  const [name = '', ...others] = Object.keys(expression);
  if (others.length > 0) {
    const message = `an expression specification must contain exactly one field, the name of the expression. Found ${others.length + 1} fields, the first '${name}'`;
    throw new CommandError(15983, message);
  }
  const build = isOperator(name) ? OPERATORS[name] : undefined;
  if (!build) throw new CommandError(168, `Unrecognized expression '${name}'`);
  return build(expression[name], compile);
}

function objectOf(expression: Doc, compile: Compile): Evaluate {
  const fields = Object.entries(expression).map(([name, part]): [string, Evaluate] => {
    if (name.includes('.'))
      throw new CommandError(16412, `FieldPath field names may not contain '.': ${name}`);
    if (name.startsWith('$'))
      throw new CommandError(16410, `FieldPath field names may not start with '$': ${name}`);
    return [name, compile(part)];
  });
  return (scope) => {
    const doc: Doc = {};
    for (const [name, part] of fields) {
      const value = part(scope);
      if (value !== undefined) setOwn(doc, name, value);
    }
    return doc;
  };
}

/** `$a.b` is a field of the document, `$$name.b` of a variable. */
function reference(text: string, names: ReadonlySet<string>): Evaluate {
  const isVariable = text.startsWith('$$');
  const parts = text.slice(isVariable ? 2 : 1).split('.');
  if (parts.includes(''))
    throw new CommandError(parts.length === 1 ? 16872 : 40353, `'${text}' is not a valid field path`);
  if (!isVariable) return (scope) => fieldAt(scope.root, parts, 0);
  const [name = '', ...rest] = parts;
  const variable = variableOf(name, names);
  return (scope) => fieldAt(variable(scope), rest, 0);
}

function variableOf(name: string, names: ReadonlySet<string>): Evaluate {
  if (names.has(name)) return (scope) => scope.vars[name];
  const system = Object.hasOwn(SYSTEM_VARIABLES, name) ? SYSTEM_VARIABLES[name] : undefined;
  if (!system) throw new CommandError(17276, `Use of undefined variable: ${name}`);
  return system;
}

const SYSTEM_VARIABLES: Readonly<Record<string, Evaluate>> = {
  ROOT: (scope) => copyValue(scope.root),
  CURRENT: (scope) => scope.root,
  REMOVE: () => undefined,
  NOW: (scope) => scope.vars['NOW'] ?? new Date(),
};

/** The value at a path; an array on the way gives the array of what its documents have there. */
export function fieldAt(value: unknown, parts: readonly string[], at: number): unknown {
  let current = value;
  for (let index = at; index < parts.length; index += 1) {
    if (Array.isArray(current)) {
      const found = current.map((element: unknown) =>
        isDoc(element) || Array.isArray(element) ? fieldAt(element, parts, index) : undefined,
      );
      return found.filter((element) => element !== undefined);
    }
    if (!isDoc(current)) return undefined;
    current = own(current, parts[index] ?? '');
  }
  return current;
}
