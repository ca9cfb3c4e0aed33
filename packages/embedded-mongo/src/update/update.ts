import { CommandError, failedToParse } from '../errors.ts';
import { isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { parseArrayFilters } from './array-filters.ts';
import type { ArrayFilters } from './array-filters.ts';
import type { Action, Target } from './action.ts';
import { checkConcreteConflicts, checkConflicts, comparePaths } from './conflicts.ts';
import { fieldsOf, operatorNamed } from './operators.ts';
import { concretePaths } from './positional.ts';
import { changeAt } from './place.ts';
import { rename } from './rename.ts';

/** An update, compiled: a whole new document, or changes of single fields. */
export type Update =
  | { readonly kind: 'replacement'; readonly doc: Doc }
  | { readonly kind: 'operators'; readonly actions: readonly Action[]; readonly filters: ArrayFilters };

/**
 * Compiles the `u` of an update.
 *
 * @throws {CommandError} 9, 40, 52, 56 and what the operators refuse.
 */
export function parseUpdate(update: unknown, arrayFilters: unknown): Update {
  if (Array.isArray(update)) {
    throw failedToParse(
      'Pipeline-style updates are not supported by the embedded database; use update operators',
    );
  }
  if (!isDoc(update)) throw failedToParse('Update argument must be either an object or an array');
  const [first] = Object.keys(update);
  if (!first?.startsWith('$')) return replacement(update, arrayFilters);
  const actions = Object.entries(update).flatMap(([name, operand]) => actionsOf(name, operand));
  checkConflicts(actions.flatMap(({ path, from }) => (from ? [from.join('.'), path] : [path])));
  const filters = parseArrayFilters(arrayFilters, actions);
  return {
    kind: 'operators',
    actions: actions.toSorted((left, right) => comparePaths(left.parts, right.parts)),
    filters,
  };
}

function replacement(doc: Doc, arrayFilters: unknown): Update {
  const operator = Object.keys(doc).find((name) => name.startsWith('$'));
  if (operator) {
    throw new CommandError(
      52,
      `The dollar ($) prefixed field '${operator}' in '${operator}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  }
  if (Array.isArray(arrayFilters) && arrayFilters.length > 0) {
    throw failedToParse('Cannot specify arrayFilters and a replacement document');
  }
  return { kind: 'replacement', doc };
}

function actionsOf(name: string, operand: unknown): Action[] {
  if (name === '$rename')
    return Object.entries(fieldsOf(name, operand)).map(([from, to]) => renameAction(from, to));
  if (!name.startsWith('$')) {
    throw failedToParse(
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  const { createsPath, parse } = operatorNamed(name);
  return Object.entries(fieldsOf(name, operand)).map(([path, value]) => ({
    path,
    parts: partsOf(path),
    createsPath,
    apply: parse(value, path),
  }));
}

function partsOf(path: string): string[] {
  const parts = path.split('.');
  if (parts.includes('')) {
    throw new CommandError(
      56,
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  const wrong = parts.find((part) => part.startsWith('$') && part !== '$' && !/^\$\[[\w]*\]$/.test(part));
  if (wrong) {
    throw new CommandError(
      52,
      `The dollar ($) prefixed field '${wrong}' in '${path}' is not valid for storage.`,
    );
  }
  if (parts[0]?.startsWith('$')) {
    throw new CommandError(
      2,
      `Cannot have positional (i.e. '$') element in the first position in path '${path}'`,
    );
  }
  return parts;
}

function renameAction(from: string, to: unknown): Action {
  if (typeof to !== 'string')
    throw new CommandError(2, `The 'to' field for $rename must be a string: ${from}`);
  if (from === to)
    throw new CommandError(2, `The source and target field for $rename must differ: ${from}: "${to}"`);
  if (to.startsWith(`${from}.`) || from.startsWith(`${to}.`))
    throw new CommandError(
      2,
      `The source and target field for $rename must not be on the same path: ${from}: "${to}"`,
    );
  if (/\$/.test(from + to))
    throw new CommandError(2, `The source and target field for $rename must not be dynamic: ${from}`);
  return { path: to, parts: partsOf(to), createsPath: true, apply: () => undefined, from: partsOf(from) };
}

/**
 * Runs the operators on the target's document.
 *
 * @throws {CommandError} 2, 14, 28 – a field does not fit its operator.
 */
export function applyActions(update: Update & { kind: 'operators' }, target: Target): void {
  const changes = update.actions.map((action) => ({
    action,
    paths: concretePaths(action, target, update.filters),
  }));
  if (update.actions.some(({ path }) => path.includes('$')))
    checkConcreteConflicts(changes.flatMap(({ paths }) => paths));
  for (const { action, paths } of changes) {
    const { createsPath, apply } = action;
    if (action.from) rename(target, action, action.from);
    else {
      for (const parts of paths) {
        changeAt(target.doc, { parts, createsPath, change: (old) => apply(old, target) });
      }
    }
  }
}
