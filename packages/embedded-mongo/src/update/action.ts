import type { Doc } from '../values/bson.ts';

/** What an operator may know besides the field's value. */
type Moment = {
  readonly now: Date;
  readonly isInsert: boolean;
  /** The document's `_id`, for messages. */ readonly id: unknown;
};

/** An operator with its operand taken in: gives the new value, `REMOVED` or `UNCHANGED`. */
type Apply = (old: unknown, moment: Moment) => unknown;

/** A field update operator. */
export type Operator = {
  /** Whether it makes a field that is not there. */
  readonly createsPath: boolean;
  /** @throws {CommandError} 2, 9, 14 – an operand it cannot work with. */
  readonly parse: (operand: unknown, path: string) => Apply;
};

/** One of the operators by name. */
export type OperatorTable = Readonly<Record<string, Operator>>;

/** One operator on one path, which may still hold `$`, `$[]` and `$[name]`. */
export type Action = {
  readonly path: string;
  readonly parts: readonly string[];
  readonly createsPath: boolean;
  readonly apply: Apply;
  /** The path a `$rename` takes its value from. */
  readonly from?: readonly string[];
};

/** Where an update happens. */
export type Target = Moment & {
  /** A private copy, which is changed. */
  readonly doc: Doc;
  /** The place of the array element the filter found, for `$`; `null` if it found none. */
  readonly position: number | null;
};
