import { CommandError } from '../errors.ts';
import { isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import type { Evaluate } from '../aggregate/operators/operator.ts';

/** What happens to one field. */
export type Leaf =
  | { readonly kind: 'include' }
  | { readonly kind: 'exclude' }
  | { readonly kind: 'compute'; readonly run: Evaluate }
  /** Made of the field's own value, such as `$slice` of a find. */
  | { readonly kind: 'change'; readonly run: (value: unknown) => unknown };

/** Fields by name; a further tree for a dotted path. */
export type Tree = Map<string, Leaf | Tree>;

/** Turns one value of a specification into a leaf. */
export type ToLeaf = (path: string, value: unknown) => Leaf;

/** The codes of the two ways in which paths collide: the shorter path is there already, or the longer one. */
export type Collision = { readonly shorterFirst: number; readonly longerFirst: number };

/** How a specification is read. */
export type Reading = {
  readonly toLeaf: ToLeaf;
  readonly collision: Collision;
  /** Refuses a document within the specification that is neither an expression nor made of fields. */
  readonly checkNested?: (doc: Doc) => void;
};

/**
 * The tree of a specification such as `{ 'a.b': 1, c: { d: '$x' } }`.
 *
 * @throws {CommandError} as `collision` says – two paths collide; 40352, 40353, 16410 – a path that is none.
 */
export function treeOf(spec: Doc, reading: Reading): Tree {
  const tree: Tree = new Map();
  addFields(tree, { prefix: '', spec, reading });
  return tree;
}

type Source = { prefix: string; spec: Doc; reading: Reading };

function addFields(tree: Tree, { prefix, spec, reading }: Source): void {
  for (const [name, value] of Object.entries(spec)) {
    const path = `${prefix}${name}`;
    if (isDoc(value)) reading.checkNested?.(value);
    if (isNested(value)) addFields(tree, { prefix: `${path}.`, spec: value, reading });
    else place(tree, { path, leaf: reading.toLeaf(path, value) }, reading.collision);
  }
}

/** A document is an expression if its one field is an operator; else each of its fields is a path. */
function isNested(value: unknown): value is Doc {
  if (!isDoc(value)) return false;
  const names = Object.keys(value);
  return names.length > 1 || (names.length === 1 && !names[0]?.startsWith('$'));
}

function place(tree: Tree, { path, leaf }: { path: string; leaf: Leaf }, collision: Collision): void {
  const parts = path.split('.');
  checkParts(path, parts);
  const last = parts.pop() ?? '';
  let at = tree;
  for (const part of parts) {
    const next = at.get(part) ?? new Map<string, Leaf | Tree>();
    if (!(next instanceof Map)) throw new CommandError(collision.shorterFirst, `Path collision at ${path}`);
    at.set(part, next);
    at = next;
  }
  if (at.has(last)) throw new CommandError(collision.longerFirst, `Path collision at ${path}`);
  at.set(last, leaf);
}

/** @throws {CommandError} 40352, 40353, 16410 – parts that no path has. */
export function checkParts(path: string, parts: readonly string[]): void {
  if (path === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
  if (parts.includes(''))
    throw new CommandError(40353, `FieldPath must not end with a '.' or have empty parts: '${path}'`);
  if (parts.some((part) => part.startsWith('$'))) {
    throw new CommandError(16410, `FieldPath field names may not start with '$': '${path}'`);
  }
}
