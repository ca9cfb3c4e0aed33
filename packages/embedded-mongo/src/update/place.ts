import { CommandError } from '../errors.ts';
import { shellText } from '../storage/duplicate-key.ts';
import { isDoc, own, setOwn } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';

/** Says that the field goes away. */
export const REMOVED = Symbol('removed');
/** Says that the field stays as it is. */
export const UNCHANGED = Symbol('unchanged');

/** MongoDB's limit of nulls that a high array index may add. */
const MAX_PADDING = 1_500_000;

/** Makes a field's new value of its old one, which is `undefined` where there is none. */
type Change = (old: unknown) => unknown;

type Step = { readonly parts: readonly string[]; readonly createsPath: boolean; readonly change: Change };

/**
 * Changes the field at a concrete path within `doc`, which is a private copy.
 *
 * @param step `createsPath` says whether missing documents on the way are made; otherwise nothing happens.
 * @throws {CommandError} 28 – something on the way is neither a document nor an array.
 */
export function changeAt(doc: Doc, step: Step): void {
  let holder: Doc | unknown[] = doc;
  const last = step.parts.length - 1;
  for (const [at, part] of step.parts.slice(0, last).entries()) {
    const next: Doc | unknown[] | null = enter(holder, part, { step, at });
    if (!next) return;
    holder = next;
  }
  const name = step.parts[last] ?? '';
  if (Array.isArray(holder)) changeElement(holder, name, step);
  else changeField(holder, name, step.change);
}

type Position = { step: Step; at: number };

/** The document or array under `part`, made if need be; `null` when there is nothing to do. */
function enter(holder: Doc | unknown[], part: string, { step, at }: Position): Doc | unknown[] | null {
  const child = Array.isArray(holder) ? holder[elementIndex(holder, part, step)] : own(holder, part);
  if (isDoc(child) || Array.isArray(child)) return child;
  if (!step.createsPath || isIdle(step)) return null;
  if (child !== undefined) throw notViable(step.parts[at + 1], { [part]: child });
  const made: Doc = {};
  if (Array.isArray(holder)) putElement(holder, elementIndex(holder, part, step), made);
  else setOwn(holder, part, made);
  return made;
}

/** Whether the change would leave a missing field alone, so that no path is made for nothing. */
const isIdle = ({ change }: Step): boolean => change(undefined) === UNCHANGED;

function changeField(holder: Doc, name: string, change: Change): void {
  const value = change(own(holder, name));
  if (value === REMOVED) delete holder[name];
  else if (value !== UNCHANGED) setOwn(holder, name, value);
}

function changeElement(holder: unknown[], part: string, step: Step): void {
  const index = elementIndex(holder, part, step);
  if (index < 0 || (index >= holder.length && !step.createsPath)) return;
  const value = step.change(holder[index]);
  if (value === REMOVED) holder[index] = null;
  else if (value !== UNCHANGED) putElement(holder, index, value);
}

function putElement(holder: unknown[], index: number, value: unknown): void {
  if (index - holder.length > MAX_PADDING) {
    throw new CommandError(2, `can't backfill more than ${MAX_PADDING} elements`);
  }
  while (holder.length < index) holder.push(null);
  holder[index] = value;
}

function elementIndex(holder: unknown[], part: string, { createsPath, parts }: Step): number {
  if (/^\d+$/.test(part)) return Number(part);
  if (createsPath) throw notViable(part, { [parts[parts.indexOf(part) - 1] ?? '']: holder });
  return -1;
}

const notViable = (name = '', element: Doc): CommandError =>
  new CommandError(28, `Cannot create field '${name}' in element ${shellText(element)}`);
