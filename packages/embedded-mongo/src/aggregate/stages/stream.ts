import { paged } from '../../engine/find.ts';
import { isPause, PAUSE, PAUSE_DOC, Slices } from '../../engine/pause.ts';
import { sorted } from '../../engine/sorted.ts';
import { CommandError, ensure } from '../../errors.ts';
import { parseFilter } from '../../query/filter.ts';
import { sortOf } from '../../query/sort.ts';
import { isDoc } from '../../values/bson.ts';
import type { Doc } from '../../values/bson.ts';
import type { BuildStage, StageTable } from '../stage.ts';

const match: BuildStage = (operand, { vars }) => {
  if (!isDoc(operand)) throw new CommandError(15959, 'the match filter must be an expression in an object');
  const condition = parseFilter(operand, { vars });
  return function* (input) {
    for (const doc of input) if (doc === PAUSE_DOC || condition.test(doc)) yield doc;
  };
};

const sort: BuildStage = (operand) => {
  if (!isDoc(operand)) throw new CommandError(15973, 'the $sort key specification must be an object');
  if (Object.keys(operand).length === 0)
    throw new CommandError(15976, '$sort stage must have at least one sort key');
  const order = sortOf(operand);
  return function* (input) {
    const wish = { most: Infinity, slices: new Slices() };
    for (const item of sorted(wrapped(input), order, wish)) yield isPause(item) ? PAUSE_DOC : item.doc;
  };
};

function* wrapped(input: Iterable<Doc>): Generator<{ readonly doc: Doc }> {
  for (const doc of input) yield doc === PAUSE_DOC ? PAUSE : { doc };
}

/** @throws {CommandError} 5107200 for `$skip`, 5107201 for `$limit` – no whole number of at least 0. */
function wholeNumber(name: '$limit' | '$skip', operand: unknown): number {
  const code = name === '$skip' ? 5107200 : 5107201;
  const found = `${name}: ${JSON.stringify(operand)}`;
  const invalid = (why: string) => `invalid argument to ${name} stage: Expected ${why}: ${found}`;
  ensure(typeof operand === 'number', code, invalid('a number in'));
  ensure(Number.isInteger(operand), code, invalid('an integer'));
  ensure(operand >= 0, code, invalid('a non-negative number in'));
  return operand;
}

const limit: BuildStage = (operand) => {
  const most = wholeNumber('$limit', operand);
  ensure(most > 0, 15958, 'the limit must be positive');
  return (input) => paged(input, 0, most);
};

const skip: BuildStage = (operand) => {
  const skipped = wholeNumber('$skip', operand);
  return (input) => paged(input, skipped, Infinity);
};

/** The number of documents, or no document at all if there are none. */
const count: BuildStage = (operand) => {
  if (typeof operand !== 'string')
    throw new CommandError(40156, 'the count field must be a non-empty string');
  if (operand === '') throw new CommandError(40157, 'the count field must be a non-empty string');
  if (operand.startsWith('$')) throw new CommandError(40158, 'the count field cannot be a $-prefixed path');
  if (operand.includes('.')) throw new CommandError(40160, "the count field cannot contain '.'");
  return function* (input) {
    let total = 0;
    for (const doc of input) {
      if (doc === PAUSE_DOC) yield doc;
      else total += 1;
    }
    if (total > 0) yield { [operand]: total };
  };
};

/** Stages that let documents through, or count them. */
export const streamStages: StageTable = {
  $match: match,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $count: count,
};
