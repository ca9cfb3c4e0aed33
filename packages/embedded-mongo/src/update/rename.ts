import { CommandError } from '../errors.ts';
import { shellText } from '../storage/duplicate-key.ts';
import { isDoc, own } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import type { Action, Target } from './action.ts';
import { REMOVED, changeAt } from './place.ts';

/**
 * Moves a field; nothing happens if it is not there.
 *
 * @throws {CommandError} 28 – a path goes through something that has no fields; 2 – through an array.
 * @see mongo/db/update/rename_node.cpp
 */
export function rename({ doc, id }: Target, action: Action, from: readonly string[]): void {
  const source = walk(doc, from);
  if (source.blocked) throw notViable(from, source.blocked);
  if (source.value === undefined) return;
  if (source.array !== null) throw arrayElement('source', from, { id, array: source.array });
  const target = walk(doc, action.parts.slice(0, -1));
  const holder = Array.isArray(target.value) ? (action.parts.at(-2) ?? '') : target.array;
  if (holder !== null) throw arrayElement('destination', action.parts, { id, array: holder });
  const moved = source.value;
  changeAt(doc, { parts: from, createsPath: false, change: () => REMOVED });
  changeAt(doc, { parts: action.parts, createsPath: true, change: () => moved });
}

type Walk = {
  readonly value: unknown;
  /** The name of the first array on the way, null if there is none. */
  readonly array: string | null;
  /** What has no such field, and never can. */
  readonly blocked: Doc | null;
};

function walk(doc: Doc, parts: readonly string[]): Walk {
  let value: unknown = doc;
  let array: string | null = null;
  for (const [at, part] of parts.entries()) {
    const name = parts[at - 1] ?? '';
    if (Array.isArray(value)) array ??= name;
    const child = childOf(value, part);
    if (!child) return { value: undefined, array, blocked: value === undefined ? null : { [name]: value } };
    value = child.value;
  }
  return { value, array, blocked: null };
}

/** What is under a name, null where nothing can be. */
function childOf(holder: unknown, part: string): { readonly value: unknown } | null {
  if (isDoc(holder)) return { value: own(holder, part) };
  if (!Array.isArray(holder) || !/^\d+$/.test(part)) return null;
  const value: unknown = holder[Number(part)];
  return { value };
}

const notViable = (from: readonly string[], element: Doc): CommandError =>
  new CommandError(
    28,
    `cannot use the path '${from.join('.')}' to traverse the element ${shellText(element)}`,
  );

function arrayElement(
  what: 'source' | 'destination',
  path: readonly string[],
  { id, array }: { id: unknown; array: string },
): CommandError {
  const where = `'${path.join('.')}' in doc with _id: ${shellText(id)} has an array field called '${array}'`;
  return new CommandError(2, `The ${what} field cannot be an array element, ${where}`);
}
