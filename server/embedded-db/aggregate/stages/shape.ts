import { CommandError } from '../../errors.ts';
import { parseAddFields, parseProject } from '../../query/projection.ts';
import { shellText } from '../../storage/duplicate-key.ts';
import { isDoc } from '../../values/bson.ts';
import { typeName } from '../../values/types.ts';
import { compileExpression, fieldAt } from '../expression.ts';
import type { BuildStage, Stage, StageTable } from '../stage.ts';
import { withField } from './with-field.ts';
import type { Doc } from '../../values/bson.ts';

const mapEach = (change: (doc: Doc) => Doc): Stage =>
  function* (input) {
    for (const doc of input) yield change(doc);
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
  const paths = Array.isArray(operand) ? operand : [operand];
  if (paths.length === 0 || !paths.every((path) => typeof path === 'string' && path !== '')) {
    throw new CommandError(
      31002,
      '$unset specification must be a string or an array containing only string values',
    );
  }
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
  if (!isDoc(operand) || !('newRoot' in operand))
    throw new CommandError(40231, 'no newRoot specified for the $replaceRoot stage');
  return replaceWith('$replaceRoot', 'newRoot')(operand['newRoot'], context);
};

type Unwind = { parts: string[]; indexParts: string[] | null; keepsEmpty: boolean };

function unwindOf(operand: unknown): Unwind {
  const spec = typeof operand === 'string' ? { path: operand } : operand;
  if (!isDoc(spec))
    throw new CommandError(
      15981,
      `expected either a string or an object as specification for $unwind stage, got ${typeName(operand)}`,
    );
  const { path, includeArrayIndex: index, preserveNullAndEmptyArrays: keeps = false, ...others } = spec;
  const [unknown] = Object.keys(others);
  if (unknown) throw new CommandError(28811, `unrecognized option to $unwind stage: ${unknown}`);
  if (typeof path !== 'string')
    throw new CommandError(path === undefined ? 28812 : 28808, 'no path specified to $unwind stage');
  if (!path.startsWith('$'))
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  if (typeof keeps !== 'boolean')
    throw new CommandError(
      28809,
      'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage',
    );
  if (index !== undefined && (typeof index !== 'string' || index === ''))
    throw new CommandError(
      28810,
      'expected a non-empty string for the includeArrayIndex  option to $unwind stage',
    );
  return {
    parts: path.slice(1).split('.'),
    indexParts: typeof index === 'string' ? index.split('.') : null,
    keepsEmpty: keeps,
  };
}

const unwind: BuildStage = (operand) => {
  const spec = unwindOf(operand);
  return function* (input) {
    for (const doc of input) yield* unwound(doc, spec);
  };
};

/** The path goes through documents only: an array on the way has no such field. */
function* unwound(doc: Doc, { parts, indexParts, keepsEmpty }: Unwind): Generator<Doc> {
  const isThroughArray = parts.some((_, at) => at > 0 && Array.isArray(fieldAt(doc, parts.slice(0, at), 0)));
  const value = isThroughArray ? undefined : fieldAt(doc, parts, 0);
  const indexed = (each: Doc, index: number | null): Doc =>
    indexParts ? withField(each, indexParts, index) : each;
  if (Array.isArray(value) && value.length > 0) {
    for (const [index, element] of value.entries()) yield indexed(withField(doc, parts, element), index);
    return;
  }
  const isEmpty = value === undefined || value === null || Array.isArray(value);
  if (!isEmpty) yield indexed(doc, null);
  else if (keepsEmpty) yield indexed(Array.isArray(value) ? withField(doc, parts, undefined) : doc, null);
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
