import { compileExpression } from '../aggregate/expression.ts';
import { CommandError, badValue } from '../errors.ts';
import { isDoc, setOwn } from '../values/bson.ts';
import type { Fields } from '../values/elements.ts';
import type { Doc } from '../values/bson.ts';
import { isTruthy } from '../values/types.ts';
import type { Scope } from '../aggregate/operators/operator.ts';
import { parseFilter } from './filter.ts';
import { treeOf } from './projection-tree.ts';
import type { Leaf, Tree } from './projection-tree.ts';

/** Makes a new document of one; nothing of the old one is changed. */
export type Project = (doc: Doc) => Doc;

/** Whether a projection names what stays or what goes. */
type Mode = 'include' | 'exclude';

/**
 * Compiles the projection of a find; `null` when it keeps everything.
 *
 * @throws {CommandError} 31253, 31254 – inclusion and exclusion mixed; 2 – the positional `$`.
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

function projectionOf(spec: Doc, { allowsChange, vars }: Options): Project {
  const names = new Set(Object.keys(vars));
  const modes: { path: string; mode: Mode }[] = [];
  const tree = treeOf(spec, (path, value) => {
    const leaf = leafOf(path, value, { allowsChange, names });
    const mode = modeOf(leaf, value);
    if (mode && path !== '_id') modes.push({ path, mode });
    return leaf;
  });
  const mode = modes[0]?.mode ?? idMode(tree);
  checkModes(modes, mode);
  if (mode === 'include' && !tree.has('_id')) tree.set('_id', { kind: 'include' });
  return (doc) => apply(doc, { tree, keepsOthers: mode === 'exclude', scope: { root: doc, vars } });
}

function checkModes(modes: readonly { path: string; mode: Mode }[], wanted: Mode): void {
  const stray = modes.find(({ mode }) => mode !== wanted);
  if (!stray) return;
  const [code, what] = stray.mode === 'exclude' ? [31254, 'exclusion'] : [31253, 'inclusion'];
  const kind = wanted === 'exclude' ? 'exclusion' : 'inclusion';
  throw new CommandError(code, `Cannot do ${what} on field ${stray.path} in ${kind} projection`);
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
  const change = options.allowsChange && isDoc(value) ? changeLeaf(value) : null;
  return change ?? { kind: 'compute', run: compileExpression(value, options.names) };
}

/** What only the projection of a find can do. */
function changeLeaf(value: Doc): Leaf | null {
  if ('$slice' in value) return sliceLeaf(value['$slice']);
  return '$elemMatch' in value ? elemMatchLeaf(value['$elemMatch']) : null;
}

/** `n` elements from the start or end, or `[skip, limit]`. */
function sliceLeaf(operand: unknown): Leaf {
  const [skip, limit] = Array.isArray(operand) ? operand.map(Number) : [Number(operand), null];
  if (!Number.isInteger(skip) || (limit !== null && !(Number.isInteger(limit) && Number(limit) > 0))) {
    throw new CommandError(28724, 'First argument to $slice must be an array or a whole number');
  }
  const run = (values: readonly unknown[]): unknown[] => {
    if (limit === null) return Number(skip) < 0 ? values.slice(Number(skip)) : values.slice(0, Number(skip));
    const from = Number(skip) < 0 ? Math.max(0, values.length + Number(skip)) : Number(skip);
    return values.slice(from, from + Number(limit));
  };
  return { kind: 'change', run: (value) => (Array.isArray(value) ? run(value) : value) };
}

/** The first element that matches; without one the field is left out. */
function elemMatchLeaf(operand: unknown): Leaf {
  const matcher = parseFilter({ element: { $elemMatch: operand } });
  const run = (value: unknown): unknown => {
    if (!Array.isArray(value)) return undefined;
    const found = value.findIndex((element) => matcher.test({ element: [element] }));
    return found < 0 ? undefined : [value[found]];
  };
  return { kind: 'change', run };
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

/** Compiles `$addFields`: every field is computed, all others stay. */
export function parseAddFields(spec: Doc, vars: Scope['vars']): Project {
  const names = new Set(Object.keys(vars));
  const tree = treeOf(spec, (_, value) => ({ kind: 'compute', run: compileExpression(value, names) }));
  return (doc) => apply(doc, { tree, keepsOthers: true, scope: { root: doc, vars } });
}
