import { CommandError, typeMismatch } from '../errors.ts';
import { isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import type { BuildStage, Stage, StageContext, StageTable } from './stage.ts';
import { bucket } from './stages/bucket.ts';
import { groupStages } from './stages/group.ts';
import { lookupStages } from './stages/lookup.ts';
import { shapeStages } from './stages/shape.ts';
import { streamStages } from './stages/stream.ts';

const STAGES: StageTable = {
  ...streamStages,
  ...shapeStages,
  ...groupStages,
  ...lookupStages,
  $bucket: bucket,
};

/**
 * Compiles a pipeline to one stage.
 *
 * @throws {CommandError} 40323 – a stage of more than one field; 40324 – an unknown stage.
 */
export function compilePipeline(pipeline: readonly Doc[], context: StageContext): Stage {
  const stages = pipeline.map((spec) => compileStage(spec, context));
  return (input) => stages.reduce((documents, stage) => stage(documents), input);
}

function compileStage(spec: unknown, context: StageContext): Stage {
  if (!isDoc(spec)) throw typeMismatch("Each element of the 'pipeline' array must be an object");
  const [name = '', ...others] = Object.keys(spec);
  if (name === '' || others.length > 0) {
    throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  return builderNamed(name)(spec[name], context);
}

function builderNamed(name: string): BuildStage {
  const build = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  if (!build) throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
  return build;
}
