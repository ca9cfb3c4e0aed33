import { compareValues } from '../../values/compare.ts';
import { ExactSum } from '../sum.ts';
import { isNullish, isNumber } from './operator.ts';
import type { Build, OperatorTable } from './operator.ts';

/** As an expression these take one array or a list of arguments; `$group` has its own accumulators. */
const summary =
  (run: (values: readonly unknown[]) => unknown): Build =>
  (operand, compile) => {
    const parts = (Array.isArray(operand) ? operand : [operand]).map((part: unknown) => compile(part));
    return (scope) => {
      const values = parts.map((part) => part(scope));
      const [only] = values;
      return run(values.length === 1 && Array.isArray(only) ? only : values);
    };
  };

/** The sum of the numbers among the values, 0 if there are none. */
function sumOf(values: readonly unknown[]): number {
  const sum = new ExactSum();
  for (const value of values) if (isNumber(value)) sum.add(value);
  return sum.value;
}

/** The mean of the numbers among the values, null if there are none. */
function averageOf(values: readonly unknown[]): number | null {
  const count = values.filter(isNumber).length;
  return count === 0 ? null : sumOf(values) / count;
}

/** The greatest (`sign` 1) or least (-1) value in BSON order that is not null; null if there is none. */
function extremeOf(values: readonly unknown[], sign: 1 | -1): unknown {
  let best: unknown = null;
  for (const value of values) {
    if (!isNullish(value) && (best === null || compareValues(value, best) * sign > 0)) best = value;
  }
  return best;
}

/** `$sum`, `$avg`, `$max` and `$min` outside `$group`. */
export const summaryOperators: OperatorTable = {
  $sum: summary(sumOf),
  $avg: summary(averageOf),
  $max: summary((values) => extremeOf(values, 1)),
  $min: summary((values) => extremeOf(values, -1)),
};
