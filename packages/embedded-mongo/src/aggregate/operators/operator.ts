import { CommandError } from '../../errors.ts';
import { isDoc } from '../../values/bson.ts';
import { rankOf, RANK } from '../../values/types.ts';
import { argumentErrorsOf } from './argument-errors.ts';
import type { ArgumentErrors } from './argument-errors.ts';

/** What an expression is evaluated against. */
export type Scope = { readonly root: unknown; readonly vars: Readonly<Record<string, unknown>> };

/** A compiled expression; `undefined` is a missing value. */
export type Evaluate = (scope: Scope) => unknown;

/** Compiles a part of an expression, optionally with more variables in sight. */
export type Compile = (expression: unknown, names?: readonly string[]) => Evaluate;

/** Makes an operator of its operand. */
export type Build = (operand: unknown, compile: Compile) => Evaluate;

/** Operators by their `$name`. */
export type OperatorTable = Readonly<Record<string, Build>>;

/** Whether a value is null or missing, which most operators answer with null. */
export const isNullish = (value: unknown): value is null | undefined => value === null || value === undefined;

/**
 * An operator over a list of arguments, such as `{ $subtract: [a, b] }`; a single argument needs no brackets.
 *
 * @throws {CommandError} 16020, or 28667 where their number may vary – another number of arguments.
 */
export function positional(
  name: string,
  arity: readonly [number, number],
  run: (values: unknown[]) => unknown,
): Build {
  const [least, most] = arity;
  return (operand, compile) => {
    const parts = (Array.isArray(operand) ? operand : [operand]).map((part: unknown) => compile(part));
    if (parts.length < least || parts.length > most) {
      const takes = least === most ? `exactly ${least}` : `at least ${least} arguments, and at most ${most}`;
      throw new CommandError(
        least === most ? 16020 : 28667,
        `Expression ${name} takes ${takes} arguments. ${parts.length} were passed in.`,
      );
    }
    return (scope) => run(parts.map((part) => part(scope)));
  };
}

/** An operator over any number of arguments, which asks for one after the other and may stop before the last. */
export const stepwise =
  (run: (values: Iterable<unknown>) => unknown): Build =>
  (operand, compile) => {
    const parts = (Array.isArray(operand) ? operand : [operand]).map((part: unknown) => compile(part));
    return (scope) => run(valuesOf(parts, scope));
  };

function* valuesOf(parts: readonly Evaluate[], scope: Scope): Generator<unknown> {
  for (const part of parts) yield part(scope);
}

/** The arguments of an operator that takes a document, evaluated. */
export type NamedValues = Readonly<Record<string, unknown>>;

/** The names an operator's document must and may have. */
export type Names = {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** MongoDB's codes; those of the operator's name if left out. */
  readonly errors?: ArgumentErrors;
};

/**
 * The arguments of an operator that takes a document, such as `{ $dateTrunc: { date, unit } }`, by name.
 *
 * @throws {CommandError} not a document, an unknown argument or a missing one, each with the operator's own code.
 */
export function namedParts(name: string, names: Names, operand: unknown): Readonly<Record<string, unknown>> {
  const errors = names.errors ?? argumentErrorsOf(name);
  if (!isDoc(operand))
    throw new CommandError(errors.shape, `${name} only supports an object as its argument`);
  for (const key of Object.keys(operand)) {
    if (!names.required.includes(key) && !names.optional.includes(key)) {
      throw new CommandError(errors.unknown, `Unrecognized argument to ${name}: ${key}`);
    }
  }
  const absent = names.required.find((key) => !(key in operand));
  if (absent) throw new CommandError(errors.missing[absent] ?? 9, `Missing '${absent}' parameter to ${name}`);
  return operand;
}

/** An operator whose argument is a document of expressions. */
export function named(name: string, names: Names, run: (values: NamedValues) => unknown): Build {
  return (operand, compile) => {
    const parts = Object.entries(namedParts(name, names, operand)).map(([key, part]): [string, Evaluate] => [
      key,
      compile(part),
    ]);
    return (scope) => run(Object.fromEntries(parts.map(([key, part]) => [key, part(scope)])));
  };
}

/** Whether a value is a number. */
export const isNumber = (value: unknown): value is number => rankOf(value) === RANK.number;
