import type { Condition } from '../query/condition.ts';
import type { SortField } from '../query/sort.ts';
import type { Doc } from '../values/bson.ts';

/** An index as clients describe it. */
export type IndexSpec = {
  readonly name: string;
  readonly key: Doc;
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partialFilterExpression: Doc | null;
  /** Seconds; `null` for an index without a time limit. */
  readonly expireAfterSeconds: number | null;
  readonly hidden: boolean;
};

/** An index in use. */
export type Index = {
  readonly spec: IndexSpec;
  /** Its number in the keyspace. */
  readonly table: number;
  readonly fields: readonly SortField[];
  readonly paths: readonly (readonly string[])[];
  readonly partial: Condition | null;
  /** Whether any document ever had more than one key: such an index gives no order, and bounds are used with care. */
  isMultikey: boolean;
  /** Whether any key was too long and was cut: equality still works, order does not. */
  hasCutKeys: boolean;
};

/** A collection in use. */
export type Collection = {
  readonly db: string;
  readonly name: string;
  readonly table: number;
  /** The first one is always `_id_`. */
  readonly indexes: Index[];
  /** Documents, and bytes of BSON. */
  readonly counts: { documents: number; bytes: number };
  nextRecord: number;
  /** Whether counts or index marks have changed since they were last written down. */
  isDirty: boolean;
};

/** `database.collection`. */
export const namespaceOf = ({ db, name }: { db: string; name: string }): string => `${db}.${name}`;
