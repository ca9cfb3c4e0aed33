import { runPipeline } from '../aggregate/run.ts';
import type { Call, Command } from '../engine/engine.ts';
import { PAUSE_BYTES, PAUSE_DOC, Slices } from '../engine/pause.ts';
import { CommandError, failedToParse, typeMismatch } from '../errors.ts';
import { encode, isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import type { Answer } from '../wire/reply.ts';
import { collectionName, hintedIndex } from './collection-of.ts';
import { countOption, docOption, plain } from './options.ts';
import { mapped } from './read.ts';

/** The stages of a pipeline, with plain numbers. */
export function pipelineOf(body: Doc): Doc[] {
  const pipeline = plain(body['pipeline']);
  if (!Array.isArray(pipeline)) throw typeMismatch("'pipeline' option must be specified as an array");
  if (!pipeline.every(isDoc)) throw typeMismatch("Each element of the 'pipeline' array must be an object");
  return pipeline;
}

function run(call: Call): Answer | Promise<Answer> {
  const { body, db } = call.request;
  if (typeof body['aggregate'] !== 'string')
    throw new CommandError(73, 'a pipeline on a whole database is not supported');
  if (!isDoc(body['cursor']))
    throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
  const { engine } = call;
  const collection = engine.catalog.find(db, collectionName(call));
  const hint = collection && hintedIndex(collection, body['hint']);
  const name = collectionName(call);
  const wanted = { db, name, pipeline: pipelineOf(body), hint, slices: new Slices() };
  const documents = runPipeline(engine, wanted);
  return engine.cursors.open({
    namespace: `${db}.${collectionName(call)}`,
    documents: mapped(documents, (doc) => (doc === PAUSE_DOC ? PAUSE_BYTES : encode(doc))),
    batchSize: countOption(docOption(body, 'cursor'), 'batchSize', 101),
    isSingleBatch: false,
  });
}

/** `aggregate`. */
export const aggregate: Command = {
  isWrite: false,
  fields: {
    known: ['pipeline', 'cursor', 'hint', 'allowDiskUse', 'bypassDocumentValidation'],
    refused: ['collation', 'let', 'explain', 'exchange'],
  },
  run,
};
