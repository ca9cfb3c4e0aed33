import { compileExpression, isOperator } from '../aggregate/expression.ts';
import { CommandError, badValue, ensure } from '../errors.ts';
import { isDoc, setOwn } from '../values/bson.ts';
import type { Fields } from '../values/elements.ts';
import type { Doc } from '../values/bson.ts';
import { isTruthy } from '../values/types.ts';
import type { Scope } from '../aggregate/operators/operator.ts';
import { changeLeaf } from './find-projection.ts';
import { treeOf } from './projection-tree.ts';
import type { Leaf, ToLeaf, Tree } from './projection-tree.ts';

/** Makes a new document of one; nothing of the old one is changed. */
export type Project = (doc: Doc) => Doc;

/** Whether a projection names what stays or what goes. */
type Mode = 'include' | 'exclude';

/**
 * Compiles the projection of a find; `null` when it keeps everything.
 *
 * @throws {CommandError} 31252–31254, 31310 – inclusion and exclusion mixed; 31325 – an unknown operator; 2 – the positional `$`.
 */
export function parseFindProjection(spec: Doc): Project | null {
  if (Object.keys(spec).length === 0) return null;
  return projectionOf(spec, { allowsChange: true, vars: {} });
}

/** The fields that a find's projection keeps or drops, when it names whole fields of the document and nothing else; else null. */
export function plainFields(spec: Doc): Fields | null {
  const { _id: id = true, ...others } = spec;
  const wishes = Object.values(others);
  const keeps = wishes.length > 0 ? wishes.every(isKept) : isKept(id);
  const isPlain = [id, ...wishes].every((wish) => isKept(wish) || isDropped(wish));
  const isOneWay = wishes.every((wish) => isKept(wish) === keeps);
  if (!isPlain || !isOneWay || Object.keys(others).some((path) => path.includes('.'))) return null;
  const names = Object.keys(others);
  return { keeps, names: new Set(isKept(id) === keeps ? ['_id', ...names] : names) };
}

const isKept = (wish: unknown) => wish === 1 || wish === true;
const isDropped = (wish: unknown) => wish === 0 || wish === false;

/** Compiles a `$project` stage. */
export function parseProject(spec: Doc, vars: Scope['vars']): Project {
  if (Object.keys(spec).length === 0) {
    throw new CommandError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  }
  return projectionOf(spec, { allowsChange: false, vars });
}

type Options = { allowsChange: boolean; vars: Scope['vars'] };

/** Source: `addNodeAtPathHelper` of mongo/db/query/projection_parser.cpp. */
const PROJECTION_COLLISION = { shorterFirst: 31249, longerFirst: 31250 };

function projectionOf(spec: Doc, { allowsChange, vars }: Options): Project {
  const names = new Set(Object.keys(vars));
  let mode: Mode | null = null;
  const toLeaf: ToLeaf = (path, value) => {
    const leaf = leafOf(path, value, { allowsChange, names });
    const wanted = modeOf(leaf, value);
    if (!wanted || (path === '_id' && leaf.kind !== 'compute')) return leaf;
    checkMode(path, { leaf, value, mode });
    mode ??= wanted;
    return leaf;
  };
  const tree = treeOf(spec, { toLeaf, collision: PROJECTION_COLLISION });
  const found: Mode = mode ?? idMode(tree);
  if (found === 'include' && !tree.has('_id')) tree.set('_id', { kind: 'include' });
  return (doc) => apply(doc, { tree, keepsOthers: found === 'exclude', scope: { root: doc, vars } });
}

type Found = { readonly leaf: Leaf; readonly value: unknown; readonly mode: Mode | null };

/** @throws {CommandError} 31252, 31253, 31254, 31310 – the field goes another way than those before it. */
function checkMode(path: string, { leaf, value, mode }: Found): void {
  if (mode === null || mode === modeOf(leaf, value)) return;
  if (mode === 'include')
    throw new CommandError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
  if (leaf.kind !== 'compute')
    throw new CommandError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
  if (isDoc(value))
    throw new CommandError(31252, 'Cannot use expression other than $meta in exclusion projection');
  throw new CommandError(31310, `Cannot use an expression for ${path} in an exclusion projection`);
}

const idMode = (tree: Tree): Mode => {
  const id = tree.get('_id');
  if (id instanceof Map || id?.kind === 'exclude') return 'exclude';
  return id ? 'include' : 'exclude';
};

/** `$slice` goes with both modes. */
function modeOf(leaf: Leaf, value: unknown): Mode | null {
  if (leaf.kind === 'change') return isDoc(value) && '$slice' in value ? null : 'include';
  return leaf.kind === 'exclude' ? 'exclude' : 'include';
}

function leafOf(path: string, value: unknown, options: { allowsChange: boolean; names: Set<string> }): Leaf {
  if (path.endsWith('.$')) throw badValue(`the positional projection '${path}' is not supported`);
  if (typeof value === 'number' || typeof value === 'boolean') {
    return { kind: isTruthy(value) ? 'include' : 'exclude' };
  }
  const change = options.allowsChange && isDoc(value) ? changeLeaf(path, value) : null;
  if (change) return change;
  checkKnown(value, options.allowsChange);
  return { kind: 'compute', run: compileExpression(value, options.names) };
}

/** @throws {CommandError} 31325 – the field is a document of one operator that there is not. */
function checkKnown(value: unknown, isFind: boolean): void {
  const [name = ''] = isDoc(value) ? Object.keys(value) : [];
  if (!name.startsWith('$') || isOperator(name)) return;
  if (name === '$elemMatch' && !isFind) throw new CommandError(168, 'Cannot use $elemMatch in this context');
  throw new CommandError(31325, `Unknown expression ${name}`);
}

type Work = { readonly tree: Tree; readonly keepsOthers: boolean; readonly scope: Scope };

/** Fields in the order of the document, then those that are new in the order of the specification. */
function apply(doc: Doc, work: Work): Doc {
  const result: Doc = {};
  for (const [name, value] of Object.entries(doc)) {
    const part = work.tree.get(name);
    const kept = part ? applyPart(value, part, work) : work.keepsOthers ? value : undefined;
    if (kept !== undefined) setOwn(result, name, kept);
  }
  for (const [name, part] of work.tree) {
    if (Object.hasOwn(doc, name)) continue;
    const value = addPart(part, work);
    if (value !== undefined) setOwn(result, name, value);
  }
  return result;
}

function applyPart(value: unknown, part: Leaf | Tree, work: Work): unknown {
  if (part instanceof Map) return applyTree(value, part, work);
  if (part.kind === 'include') return value;
  if (part.kind === 'exclude') return undefined;
  return part.kind === 'compute' ? part.run(work.scope) : part.run(value);
}

/** A dotted path goes through documents and through arrays of them. */
function applyTree(value: unknown, tree: Tree, work: Work): unknown {
  if (isDoc(value)) return apply(value, { ...work, tree });
  if (Array.isArray(value)) {
    return value.map((element) => applyTree(element, tree, work)).filter((element) => element !== undefined);
  }
  return hasComputed(tree) ? apply({}, { ...work, tree }) : work.keepsOthers ? value : undefined;
}

function addPart(part: Leaf | Tree, work: Work): unknown {
  if (part instanceof Map) return hasComputed(part) ? apply({}, { ...work, tree: part }) : undefined;
  return part.kind === 'compute' ? part.run(work.scope) : undefined;
}

const hasComputed = (tree: Tree): boolean =>
  [...tree.values()].some((part) => (part instanceof Map ? hasComputed(part) : part.kind === 'compute'));

/** Source: `ProjectionSpecValidator` of mongo/db/exec/add_fields_projection_executor.cpp. */
const ADD_FIELDS_COLLISION = { shorterFirst: 40176, longerFirst: 40176 };

/** @throws {CommandError} 40181 – an expression beside something else; 40183 – a dotted path. */
function checkAddedDoc(doc: Doc): void {
  const names = Object.keys(doc);
  if (names.length === 1 && names[0]?.startsWith('$')) return;
  const operator = names.find((name) => name.startsWith('$'));
  ensure(!operator, 40181, `an expression specification must contain exactly one field, beside ${operator}`);
  const dotted = names.find((name) => name.includes('.'));
  ensure(!dotted, 40183, `cannot use dotted field name '${dotted}' in a sub object`);
}

/** Compiles `$addFields`: every field is computed, all others stay. */
export function parseAddFields(spec: Doc, vars: Scope['vars']): Project {
  const names = new Set(Object.keys(vars));
  const toLeaf: ToLeaf = (_, value) => ({ kind: 'compute', run: compileExpression(value, names) });
  const tree = treeOf(spec, { toLeaf, collision: ADD_FIELDS_COLLISION, checkNested: checkAddedDoc });
  return (doc) => apply(doc, { tree, keepsOthers: true, scope: { root: doc, vars } });
}
