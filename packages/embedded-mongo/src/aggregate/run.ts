import { find } from '../engine/find.ts';
import { PAUSE, PAUSE_DOC } from '../engine/pause.ts';
import type { Slices } from '../engine/pause.ts';
import type { Engine } from '../engine/engine.ts';
import type { Index } from '../storage/collection.ts';
import type { Doc } from '../values/bson.ts';
import { rootsNeeded } from './roots.ts';
import { leadingQuery } from './leading-query.ts';
import { compilePipeline } from './pipeline.ts';
import type { StageContext, StageQuery } from './stage.ts';

/** A pipeline and the collection it runs on. */
export type PipelineCall = {
  readonly db: string;
  readonly name: string;
  readonly pipeline: readonly Doc[];
  readonly hint?: Index | null | undefined;
  /** Measures when to rest; its rests come out as `PAUSE_DOC`. */
  readonly slices: Slices;
};

/**
 * Runs a pipeline; what comes first and an index can do is done by the index.
 *
 * @throws {CommandError} when the pipeline is wrong; while documents are drawn, when a value is.
 */
export function runPipeline(
  engine: Engine,
  call: PipelineCall,
  vars: StageContext['vars'] = {},
): Iterable<Doc> {
  const { db, pipeline, hint, slices } = call;
  const scope = 'NOW' in vars ? vars : { ...vars, NOW: engine.now() };
  const context: StageContext = {
    vars: scope,
    read: (name, wanted) => documents(engine, { db, name }, { ...wanted, slices }),
    runOn: (name, inner, innerVars) => runPipeline(engine, { db, name, pipeline: inner, slices }, innerVars),
    compile: compilePipeline,
  };
  const { query, rest } = leadingQuery(pipeline, scope);
  const stages = compilePipeline(rest, context);
  const wanted = { ...query, slices, ...(hint === undefined ? {} : { hint }), roots: rootsNeeded(rest) };
  return stages(documents(engine, call, wanted));
}

/** The documents that a query finds, with these of their fields at least. */
function* documents(
  engine: Engine,
  { db, name }: Pick<PipelineCall, 'db' | 'name'>,
  { roots, ...query }: StageQuery,
): Generator<Doc> {
  const collection = engine.catalog.find(db, name);
  if (!collection) return;
  for (const kept of find(engine.store, collection, query).documents)
    yield kept === PAUSE ? PAUSE_DOC : kept.only(roots);
}
