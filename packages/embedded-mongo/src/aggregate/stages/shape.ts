import { PAUSE_DOC } from '../../engine/pause.ts';
import { CommandError, ensure } from '../../errors.ts';
import { parseAddFields, parseProject } from '../../query/projection.ts';
import { shellText } from '../../storage/duplicate-key.ts';
import { isDoc, own } from '../../values/bson.ts';
import { typeName } from '../../values/types.ts';
import { compileExpression } from '../expression.ts';
import type { BuildStage, Stage, StageTable } from '../stage.ts';
import { withField } from './with-field.ts';
import type { Doc } from '../../values/bson.ts';

const mapEach = (change: (doc: Doc) => Doc): Stage =>
  function* (input) {
    for (const doc of input) yield doc === PAUSE_DOC ? doc : change(doc);
  };

const project: BuildStage = (operand, { vars }) => {
  if (!isDoc(operand)) throw new CommandError(15969, '$project specification must be an object');
  return mapEach(parseProject(operand, vars));
};

const addFields =
  (name: string): BuildStage =>
  (operand, { vars }) => {
    if (!isDoc(operand))
      throw new CommandError(
        40272,
        `${name} specification stage must be an object, got ${typeName(operand)}`,
      );
    return mapEach(parseAddFields(operand, vars));
  };

const unset: BuildStage = (operand, { vars }) => {
  const paths: unknown[] = Array.isArray(operand) ? operand : [operand];
  const what = '$unset specification must be a string or an array containing only string values';
  ensure(Array.isArray(operand) || typeof operand === 'string', 31002, what);
  ensure(
    paths.length > 0,
    31119,
    '$unset specification must be a string or an array with at least one field',
  );
  ensure(
    paths.every((path) => typeof path === 'string'),
    31120,
    what,
  );
  return mapEach(parseProject(Object.fromEntries(paths.map((path) => [String(path), 0])), vars));
};

const replaceWith =
  (name: string, phrase: string): BuildStage =>
  (operand, { vars }) => {
    const evaluate = compileExpression(operand, new Set(Object.keys(vars)));
    return mapEach((doc) => {
      const root = evaluate({ root: doc, vars });
      if (isDoc(root)) return root;
      throw new CommandError(
        40228,
        `'${phrase}' expression must evaluate to an object, but resulting value was: ${root === undefined ? 'MISSING' : shellText(root)}. Type of resulting value: '${typeName(root)}'. (${name})`,
      );
    });
  };

const replaceRoot: BuildStage = (operand, context) => {
  ensure(isDoc(operand), 40229, 'expected an object as specification for $replaceRoot stage');
  ensure('newRoot' in operand, 40414, "BSON field '$replaceRoot.newRoot' is missing but a required field");
  const unknown = Object.keys(operand).find((name) => name !== 'newRoot');
  ensure(!unknown, 40415, `BSON field '$replaceRoot.${unknown}' is an unknown field.`);
  return replaceWith('$replaceRoot', 'newRoot')(operand['newRoot'], context);
};

type Unwind = { parts: string[]; indexParts: string[] | null; keepsEmpty: boolean };

const UNWIND_OPTIONS = ['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'];

function unwindOf(operand: unknown): Unwind {
  const spec = typeof operand === 'string' ? { path: operand } : operand;
  ensure(isDoc(spec), 15981, 'expected either a string or an object as specification for $unwind stage');
  const unknown = Object.keys(spec).find((name) => !UNWIND_OPTIONS.includes(name));
  ensure(!unknown, 28811, `unrecognized option to $unwind stage: ${unknown}`);
  const { path = '', includeArrayIndex: index, preserveNullAndEmptyArrays: keeps = false } = spec;
  ensure(typeof path === 'string', 28808, 'expected a string as the path for $unwind stage');
  ensure(path !== '', 28812, 'no path specified to $unwind stage');
  ensure(path.startsWith('$'), 28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  ensure(typeof keeps === 'boolean', 28809, 'preserveNullAndEmptyArrays of $unwind has to be a boolean');
  return { parts: path.slice(1).split('.'), indexParts: indexPartsOf(index), keepsEmpty: keeps };
}

function indexPartsOf(index: unknown): string[] | null {
  if (index === undefined) return null;
  ensure(
    typeof index === 'string' && index !== '',
    28810,
    'includeArrayIndex of $unwind has to be a non-empty string',
  );
  ensure(!index.startsWith('$'), 28822, `includeArrayIndex of $unwind must not begin with '$': ${index}`);
  return index.split('.');
}

const unwind: BuildStage = (operand) => {
  const spec = unwindOf(operand);
  return function* (input) {
    for (const doc of input) {
      if (doc === PAUSE_DOC) yield doc;
      else yield* unwound(doc, spec);
    }
  };
};

function* unwound(doc: Doc, { parts, indexParts, keepsEmpty }: Unwind): Generator<Doc> {
  const value = valueAt(doc, parts);
  const indexed = (each: Doc, index: number | null): Doc =>
    indexParts ? withField(each, indexParts, index) : each;
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) yield indexed(withField(doc, parts, element), index);
    if (value.length === 0 && keepsEmpty) yield indexed(withField(doc, parts, undefined), null);
  } else if (keepsEmpty || !(value === undefined || value === null)) yield indexed(doc, null);
}

/** The value at a path through documents only: an array on the way has no such field. */
function valueAt(doc: Doc, parts: readonly string[]): unknown {
  let value: unknown = doc;
  for (const part of parts) value = isDoc(value) ? own(value, part) : undefined;
  return value;
}

/** Stages that change each document by itself. */
export const shapeStages: StageTable = {
  $project: project,
  $addFields: addFields('$addFields'),
  $set: addFields('$set'),
  $unset: unset,
  $replaceRoot: replaceRoot,
  $replaceWith: replaceWith('$replaceWith', 'replacement document'),
  $unwind: unwind,
};
