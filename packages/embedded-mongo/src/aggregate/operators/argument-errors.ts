// oxlint-disable unicorn/no-thenable -- `then` is MongoDB's name of an argument

/** The codes MongoDB answers a wrong document of arguments with. */
export type ArgumentErrors = {
  /** The operand is no document. */
  readonly shape: number;
  /** A name it does not know. */
  readonly unknown: number;
  /** By the name of the argument that is missing. */
  readonly missing: Readonly<Record<string, number>>;
};

const FAILED_TO_PARSE = 9;

/** Operators without an entry answer 9 FailedToParse. Source: mongo/db/pipeline/expression.cpp. */
const ARGUMENT_ERRORS: Readonly<Record<string, ArgumentErrors>> = {
  $cond: { shape: 16020, unknown: 17083, missing: { if: 17080, then: 17081, else: 17082 } },
  $switch: { shape: 40060, unknown: 40067, missing: { branches: 40068 } },
  '$switch branch': { shape: 40062, unknown: 40063, missing: { case: 40064, then: 40065 } },
  $let: { shape: 16874, unknown: 16875, missing: { vars: 16876, in: 16877 } },
  $filter: { shape: 28646, unknown: 28647, missing: { input: 28648, cond: 28650 } },
  $map: { shape: 16878, unknown: 16879, missing: { input: 16880, in: 16882 } },
  $reduce: { shape: 40075, unknown: 40076, missing: { input: 40077, initialValue: 40078, in: 40079 } },
  $sortArray: { shape: 2942500, unknown: 2942501, missing: { input: 2942502, sortBy: 2942503 } },
  $zip: { shape: 34460, unknown: 34464, missing: { inputs: 34465 } },
  $trim: { shape: 50696, unknown: 50694, missing: { input: 50695 } },
  $ltrim: { shape: 50696, unknown: 50694, missing: { input: 50695 } },
  $rtrim: { shape: 50696, unknown: 50694, missing: { input: 50695 } },
  $replaceOne: { shape: 51751, unknown: 51750, missing: { input: 51749, find: 51748, replacement: 51747 } },
  $replaceAll: { shape: 51751, unknown: 51750, missing: { input: 51749, find: 51748, replacement: 51747 } },
  $regexMatch: { shape: 51103, unknown: 31024, missing: { input: 31022, regex: 31023 } },
  $getField: { shape: 3041704, unknown: 3041701, missing: { field: 3041702 } },
  $dateToString: { shape: 18629, unknown: 18534, missing: { date: 18628 } },
  $dateTrunc: { shape: 5439007, unknown: 5439008, missing: { date: 5439009, unit: 5439010 } },
  $dateDiff: {
    shape: 5166301,
    unknown: 5166302,
    missing: { startDate: 5166303, endDate: 5166304, unit: 5166305 },
  },
  $dateAdd: {
    shape: 5166400,
    unknown: 5166401,
    missing: { startDate: 5166402, unit: 5166402, amount: 5166402 },
  },
  $dateSubtract: {
    shape: 5166400,
    unknown: 5166401,
    missing: { startDate: 5166402, unit: 5166402, amount: 5166402 },
  },
  $dateFromParts: { shape: 40519, unknown: 40518, missing: { year: 40516 } },
  $dateToParts: { shape: 40524, unknown: 40520, missing: { date: 40522 } },
  $dateFromString: { shape: 40540, unknown: 40541, missing: { dateString: 40542 } },
};

/** What to answer for this operator; a part of a date such as `$year` has the codes of them all. */
export function argumentErrorsOf(name: string, isDatePart = false): ArgumentErrors {
  if (isDatePart) return { shape: FAILED_TO_PARSE, unknown: 40535, missing: { date: 40539 } };
  return ARGUMENT_ERRORS[name] ?? { shape: FAILED_TO_PARSE, unknown: FAILED_TO_PARSE, missing: {} };
}
