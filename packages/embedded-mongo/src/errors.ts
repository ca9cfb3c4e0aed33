import type { Doc } from './values/bson.ts';

/** MongoDB's names for the error codes this server answers with. Source: mongo/base/error_codes.yml. */
const CODE_NAMES: Readonly<Record<number, string>> = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  14: 'TypeMismatch',
  16: 'InvalidLength',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  52: 'DollarPrefixedFieldName',
  54: 'NotSingleValueField',
  55: 'InvalidDBRef',
  56: 'EmptyFieldName',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  91: 'ShutdownInProgress',
  168: 'InvalidPipelineOperator',
  171: 'CannotIndexParallelArrays',
  175: 'QueryPlanKilled',
  197: 'InvalidIndexSpecificationOption',
  238: 'NotImplemented',
  241: 'ConversionFailure',
  292: 'QueryExceededMemoryLimitNoDiskUseAllowed',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  14031: 'OutOfDiskSpace',
};

/** An answer the client gets as `{ ok: 0, code, codeName, errmsg }`, or as one entry of `writeErrors`. */
export class CommandError extends Error {
  readonly code: number;
  readonly details: Doc;

  /** @param details further fields of the answer, such as `keyPattern`. */
  constructor(code: number, message: string, details: Doc = {}) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
    this.details = details;
  }

  get codeName(): string {
    return CODE_NAMES[this.code] ?? `Location${this.code}`;
  }
}

/** 2 BadValue. */
export const badValue = (message: string): CommandError => new CommandError(2, message);

/** 9 FailedToParse. */
export const failedToParse = (message: string): CommandError => new CommandError(9, message);

/** 14 TypeMismatch. */
export const typeMismatch = (message: string): CommandError => new CommandError(14, message);

/** 238: something MongoDB can do and this embedded server deliberately cannot. */
export const notImplemented = (what: string): CommandError =>
  new CommandError(
    238,
    `${what} is not implemented by Genjin's embedded database; set MONGODB_URI to use MongoDB`,
  );

/** @throws {CommandError} with this code and message unless the condition holds. */
export function ensure(condition: unknown, code: number, message: string): asserts condition {
  if (condition === false || condition === null || condition === undefined)
    throw new CommandError(code, message);
}
