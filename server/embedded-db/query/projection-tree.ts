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

/**
 * The tree of a specification such as `{ 'a.b': 1, c: { d: '$x' } }`.
 *
 * @throws {CommandError} 31249 – two paths collide; 40353, 16410 – a path that is none.
 */
export function treeOf(spec: Doc, toLeaf: ToLeaf): Tree {
  const tree: Tree = new Map();
  addFields(tree, { prefix: '', spec, toLeaf });
  return tree;
}

type Source = { prefix: string; spec: Doc; toLeaf: ToLeaf };

function addFields(tree: Tree, { prefix, spec, toLeaf }: Source): void {
  for (const [name, value] of Object.entries(spec)) {
    const path = `${prefix}${name}`;
    if (isNested(value)) addFields(tree, { prefix: `${path}.`, spec: value, toLeaf });
    else place(tree, path, toLeaf(path, value));
  }
}

const isNested = (value: unknown): value is Doc =>
  isDoc(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]?.startsWith('$');

function place(tree: Tree, path: string, leaf: Leaf): void {
  const parts = path.split('.');
  checkParts(path, parts);
  const last = parts.pop() ?? '';
  let at = tree;
  for (const part of parts) {
    const next = at.get(part) ?? new Map<string, Leaf | Tree>();
    if (!(next instanceof Map)) throw collision(path);
    at.set(part, next);
    at = next;
  }
  if (at.has(last)) throw collision(path);
  at.set(last, leaf);
}

function checkParts(path: string, parts: readonly string[]): void {
  if (parts.includes(''))
    throw new CommandError(40353, `FieldPath must not end with a '.' or have empty parts: '${path}'`);
  if (parts.some((part) => part.startsWith('$'))) {
    throw new CommandError(16410, `FieldPath field names may not start with '$': '${path}'`);
  }
}

const collision = (path: string): CommandError => new CommandError(31249, `Path collision at ${path}`);
