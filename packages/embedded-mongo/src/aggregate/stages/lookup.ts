import { Meter, roomOf } from '../../engine/memory.ts';
import { PAUSE_DOC } from '../../engine/pause.ts';
import { CommandError, ensure, failedToParse } from '../../errors.ts';
import { allOf, fieldCondition } from '../../query/condition.ts';
import type { Condition } from '../../query/condition.ts';
import { equalTo, memberOf } from '../../query/predicates.ts';
import { isDoc } from '../../values/bson.ts';
import type { Doc } from '../../values/bson.ts';
import { compileExpression } from '../expression.ts';
import { leadingQuery } from '../leading-query.ts';
import { rootsNeeded } from '../roots.ts';
import type { BuildStage, StageContext, StageTable } from '../stage.ts';
import { valuesAt } from './values-at.ts';
import { withField } from './with-field.ts';

const OPTIONS = new Set(['from', 'localField', 'foreignField', 'as', 'let', 'pipeline']);

type Lookup = {
  readonly from: string;
  readonly as: readonly string[];
  readonly join: { readonly local: readonly string[]; readonly foreign: string } | null;
  readonly pipeline: readonly Doc[] | null;
  readonly let: Doc;
};

function lookupOf(operand: unknown): Lookup {
  ensure(isDoc(operand), 9, 'the $lookup specification must be an Object');
  const unknown = Object.keys(operand).find((name) => !OPTIONS.has(name));
  ensure(!unknown, 9, `unknown argument to $lookup: ${unknown}`);
  const { from, as, localField, foreignField, let: variables = {} } = operand;
  ensure(typeof from === 'string', 9, "missing 'from' option to $lookup stage specification");
  ensure(typeof as === 'string' && as !== '', 9, "must specify 'as' field for a $lookup");
  ensure(isDoc(variables), 9, "$lookup argument 'let' must be an object");
  const join = joinOf(localField, foreignField);
  const pipeline = 'pipeline' in operand ? pipelineOf(operand['pipeline']) : null;
  ensure(join ?? pipeline, 9, "$lookup requires either 'pipeline' or both 'localField' and 'foreignField'");
  return { from, as: as.split('.'), join, pipeline, let: variables };
}

function pipelineOf(pipeline: unknown): readonly Doc[] {
  ensure(
    Array.isArray(pipeline) && pipeline.every(isDoc),
    9,
    "'pipeline' option must be specified as an array",
  );
  return pipeline;
}

function joinOf(local: unknown, foreign: unknown): Lookup['join'] {
  if (local === undefined && foreign === undefined) return null;
  if (typeof local === 'string' && typeof foreign === 'string') return { local: local.split('.'), foreign };
  throw failedToParse("$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
}

const lookup: BuildStage = (operand, context) => {
  const spec = lookupOf(operand);
  const names = new Set(Object.keys(context.vars));
  const variables = Object.entries(spec.let).map(([name, value]) => ({
    name,
    evaluate: compileExpression(value, names),
  }));
  const isCorrelated = variables.length > 0;
  const fixed = isCorrelated ? null : joinedPart(spec, context, context.vars);
  // Finds mistakes before the first document, with variables that stand for the later ones.
  if (isCorrelated) joinedPart(spec, context, { ...context.vars, ...nullsFor(spec.let) });
  const varsOf = (root: Doc): StageContext['vars'] => {
    const scope = { root, vars: context.vars };
    return {
      ...context.vars,
      ...Object.fromEntries(variables.map(({ name, evaluate }) => [name, evaluate(scope)])),
    };
  };
  return function* (input) {
    for (const doc of input) {
      if (doc === PAUSE_DOC) {
        yield doc;
        continue;
      }
      const { query, stage } = fixed ?? joinedPart(spec, context, varsOf(doc));
      const joined = spec.join ? [joinCondition(doc, spec.join)] : [];
      const condition = allOf([...joined, query.condition]);
      const found = yield* gathered(stage(context.read(spec.from, { ...query, condition })), 'a $lookup');
      yield withField(doc, spec.as, found);
    }
  };
};

/** All documents at once; only rests are handed on. @throws {CommandError} 292 – they take too much memory */
function* gathered(documents: Iterable<Doc>, stage: string): Generator<Doc, Doc[]> {
  const meter = new Meter(stage);
  const all: Doc[] = [];
  for (const doc of documents) {
    if (doc === PAUSE_DOC) yield doc;
    else {
      meter.take(roomOf(doc));
      all.push(doc);
    }
  }
  return all;
}

const nullsFor = (variables: Doc): Doc =>
  Object.fromEntries(Object.keys(variables).map((name) => [name, null]));

/** What an index can do of what is done with the joined documents, and the rest of it. */
function joinedPart(spec: Lookup, context: StageContext, vars: StageContext['vars']) {
  const { query: found, rest } = leadingQuery(spec.pipeline ?? [], vars);
  const query = { ...found, roots: rootsNeeded(rest) };
  return { query, stage: context.compile(rest, { ...context, vars }) };
}

/** Equality as a query means it, with any of the values on the path; without one, with null. */
function joinCondition(doc: Doc, { local, foreign }: NonNullable<Lookup['join']>): Condition {
  const values = [...valuesAt(doc, local)];
  const [first = null] = values;
  return fieldCondition(foreign, values.length > 1 ? memberOf(values) : equalTo(first));
}

const FACET_REFUSES = new Set(['$facet', '$out', '$merge']);

const facet: BuildStage = (operand, context) => {
  if (!isDoc(operand) || Object.keys(operand).length === 0) {
    throw new CommandError(40169, 'the $facet specification must be a non-empty object');
  }
  const branches = Object.entries(operand).map(([name, pipeline]) => {
    ensure(Array.isArray(pipeline), 40170, `arguments to $facet must be arrays, ${name} is not`);
    const isMadeOfStages = pipeline.every((stage) => isDoc(stage) && Object.keys(stage).length > 0);
    ensure(isMadeOfStages, 40171, `elements of arrays in $facet spec must be non-empty objects, in ${name}`);
    const refused = pipeline.flatMap((stage) => Object.keys(stage)).find((stage) => FACET_REFUSES.has(stage));
    if (refused) throw new CommandError(40600, `${refused} is not allowed to be used within a $facet stage`);
    return { name, stage: context.compile(pipeline, context) };
  });
  return function* (input) {
    const documents = yield* gathered(input, 'a $facet');
    const facets: Doc = {};
    for (const { name, stage } of branches) facets[name] = yield* gathered(stage(documents), 'a $facet');
    yield facets;
  };
};

const unionWith: BuildStage = (operand, context) => {
  const { coll, pipeline = [] } = isDoc(operand) ? operand : { coll: operand };
  const unknown =
    isDoc(operand) && Object.keys(operand).find((name) => name !== 'coll' && name !== 'pipeline');
  ensure(!unknown, 40415, `BSON field '$unionWith.${unknown}' is an unknown field.`);
  if (typeof coll !== 'string')
    throw failedToParse('the $unionWith specification needs the name of a collection');
  if (!Array.isArray(pipeline) || !pipeline.every(isDoc))
    throw failedToParse("the 'pipeline' of $unionWith must be an array");
  return function* (input) {
    yield* input;
    yield* context.runOn(coll, pipeline, context.vars);
  };
};

/** Stages that read other collections or run pipelines of their own. */
export const lookupStages: StageTable = { $lookup: lookup, $facet: facet, $unionWith: unionWith };
