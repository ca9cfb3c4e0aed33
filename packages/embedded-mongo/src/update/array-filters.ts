import { badValue, failedToParse } from '../errors.ts';
import { parseFilter } from '../query/filter.ts';
import { rootOf } from '../query/path.ts';
import { shellText } from '../storage/duplicate-key.ts';
import { isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';

/** Whether an element is meant, by the name that stands in `$[name]`. */
export type ArrayFilters = ReadonlyMap<string, (element: unknown) => boolean>;

/**
 * Compiles `arrayFilters` and makes sure that names and paths fit together.
 *
 * @throws {CommandError} 9, 2 – a filter for no path, a path without filter, two filters of one name.
 */
export function parseArrayFilters(
  value: unknown,
  actions: readonly { path: string; parts: readonly string[] }[],
): ArrayFilters {
  const filters = new Map<string, (element: unknown) => boolean>();
  for (const filter of listOf(value)) {
    const name = nameOf(filter);
    if (filters.has(name))
      throw failedToParse(`Found multiple array filters with the same top-level field name ${name}`);
    const { test } = parseFilter(filter);
    filters.set(name, (element) => test({ [name]: element }));
  }
  const used = new Set<string>();
  for (const { path, parts } of actions) {
    for (const name of parts.flatMap(identifierIn)) {
      if (!filters.has(name))
        throw badValue(`No array filter found for identifier '${name}' in path '${path}'`);
      used.add(name);
    }
  }
  const unused = [...filters.keys()].find((name) => !used.has(name));
  if (unused) throw failedToParse(`The array filter for identifier '${unused}' was not used in the update`);
  return filters;
}

const identifierIn = (part: string): string[] => {
  const name = /^\$\[(\w+)\]$/.exec(part)?.[1];
  return name ? [name] : [];
};

function listOf(value: unknown): Doc[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isDoc))
    throw failedToParse('arrayFilters has to be an array of documents');
  return value;
}

/** The first part of the one path all conditions of the filter are about. */
function nameOf(filter: Doc): string {
  const names = new Set(pathsIn(filter).map(rootOf));
  const [name, ...others] = names;
  if (name === undefined)
    throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters');
  if (others.length > 0) {
    throw failedToParse(
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${others[0]}'`,
    );
  }
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
    throw badValue(
      `The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}' in ${shellText(filter)}`,
    );
  }
  return name;
}

function pathsIn(filter: Doc): string[] {
  return Object.entries(filter).flatMap(([name, value]) => {
    if (!name.startsWith('$')) return [name];
    return Array.isArray(value) ? value.filter(isDoc).flatMap(pathsIn) : [];
  });
}
