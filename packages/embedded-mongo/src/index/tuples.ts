import { CommandError } from '../errors.ts';
import { isDoc, own } from '../values/bson.ts';
import { EMPTY_ARRAY } from '../values/types.ts';

/** How far one field of an index or a sort has been followed: the value there and the parts of the path still to go. */
type Trail = { readonly value: unknown; readonly rest: readonly string[] };

/**
 * The values a document has for the fields of an index or a sort: one tuple, or one for each element if a field is an array.
 * A field that is not there is `undefined`, an empty array `EMPTY_ARRAY`.
 *
 * @throws {CommandError} 171 – two of the fields are arrays of their own.
 */
export function tuplesOf(doc: unknown, paths: readonly (readonly string[])[]): unknown[][] {
  return expand(paths.map((rest) => ({ value: doc, rest })));
}

const isOpenArray = (trail: Trail): boolean => Array.isArray(trail.value) && !isSettled(trail);

/** An element of an array that the path ended at is taken as it is, even if it is an array again. */
const SETTLED: readonly string[] = Object.freeze(['']);
const isSettled = (trail: Trail): boolean => trail.rest === SETTLED;

function expand(trails: readonly Trail[]): unknown[][] {
  const walked = trails.map(walk);
  const open = walked.find(isOpenArray);
  if (!open || !Array.isArray(open.value)) return [walked.map(({ value }) => value)];
  const array = open.value;
  if (walked.some((trail) => isOpenArray(trail) && trail.value !== array)) {
    throw new CommandError(171, 'cannot index parallel arrays');
  }
  const elements: readonly unknown[] = array.length === 0 ? [EMPTY_ARRAY] : array;
  return elements.flatMap((element) =>
    expand(
      walked.map((trail) => (trail.value === array && !isSettled(trail) ? descend(trail, element) : trail)),
    ),
  );
}

function descend({ rest }: Trail, element: unknown): Trail {
  if (rest.length === 0) return { value: element, rest: SETTLED };
  return isDoc(element) ? { value: element, rest } : { value: undefined, rest: SETTLED };
}

/** Follows the path down to its end or to an array; an array index in the path names that one element. */
function walk(trail: Trail): Trail {
  if (isSettled(trail)) return trail;
  let { value } = trail;
  for (const [at, part] of trail.rest.entries()) {
    if (Array.isArray(value)) {
      if (!/^\d+$/.test(part)) return { value, rest: trail.rest.slice(at) };
      value = value[Number(part)];
    } else if (isDoc(value)) value = own(value, part);
    else return { value: undefined, rest: SETTLED };
  }
  return Array.isArray(value) ? { value, rest: [] } : { value, rest: SETTLED };
}
