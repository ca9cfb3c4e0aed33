import type { Query } from '../engine/find.ts';
import type { Doc } from '../values/bson.ts';

/** A compiled stage: documents in, documents out. It may be run any number of times. */
export type Stage = (input: Iterable<Doc>) => Iterable<Doc>;

/** A query for stages that look at no more than these fields of the documents; null: at any. */
export type StageQuery = Query & { readonly roots: ReadonlySet<string> | null };

/** What stages need of the world around them. */
export type StageContext = {
  /** Variables of an outer `$lookup`, by name. */
  readonly vars: Readonly<Record<string, unknown>>;
  /** Documents of another collection of the same database. */
  readonly read: (collection: string, query: StageQuery) => Iterable<Doc>;
  /** Runs a pipeline on another collection of the same database. */
  readonly runOn: (collection: string, pipeline: readonly Doc[], vars: StageContext['vars']) => Iterable<Doc>;
  /** Compiles a pipeline within the pipeline. */
  readonly compile: (pipeline: readonly Doc[], context: StageContext) => Stage;
};

/** Makes a stage of its operand. */
export type BuildStage = (operand: unknown, context: StageContext) => Stage;

/** Stages by their `$name`. */
export type StageTable = Readonly<Record<string, BuildStage>>;
