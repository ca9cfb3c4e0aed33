import { Meter, roomOf } from '../../engine/memory.ts';
import { PAUSE_DOC, Slices } from '../../engine/pause.ts';
import { CommandError, ensure } from '../../errors.ts';
import { isDoc } from '../../values/bson.ts';
import type { Doc } from '../../values/bson.ts';
import { identityOf } from '../../values/key.ts';
import { compileExpression } from '../expression.ts';
import type { Evaluate, Scope } from '../operators/operator.ts';
import type { BuildStage, Stage, StageContext, StageTable } from '../stage.ts';
import { groupFieldOf } from './accumulators.ts';
import type { Accumulator, GroupField } from './accumulators.ts';

/** Compiles an expression that may use the variables in sight. */
export const compiler =
  ({ vars }: StageContext) =>
  (expression: unknown): Evaluate =>
    compileExpression(expression, new Set(Object.keys(vars)));

type Grouping = { idOf: Evaluate; fields: readonly GroupField[]; vars: StageContext['vars'] };

const group: BuildStage = (operand, context) => {
  if (!isDoc(operand)) throw new CommandError(15947, "a group's fields must be specified in an object");
  if (!('_id' in operand)) throw new CommandError(15955, 'a group specification must include an _id');
  const compile = compiler(context);
  const { _id, ...outputs } = operand;
  const fields = Object.entries(outputs).map(([name, spec]) => groupFieldOf(name, spec, compile));
  return grouped({ idOf: compile(_id), fields, vars: context.vars });
};

/** What a group takes besides its values. */
const GROUP_BYTES = 300;

/** One document for each value of `_id`, in the order the groups were first seen. */
export function grouped({ idOf, fields, vars }: Grouping): Stage {
  return function* (input) {
    const groups = new Map<string, { id: unknown; accumulators: Accumulator[] }>();
    const meter = new Meter('a $group');
    for (const root of input) {
      if (root === PAUSE_DOC) {
        yield root;
        continue;
      }
      const scope = { root, vars };
      const id = idOf(scope) ?? null;
      const identity = identityOf(id);
      let entry = groups.get(identity);
      if (!entry) {
        entry = { id, accumulators: fields.map(({ start }) => start()) };
        groups.set(identity, entry);
        meter.take(GROUP_BYTES + roomOf(id));
      }
      for (const [at, { evaluate }] of fields.entries())
        gather(entry.accumulators[at], { evaluate, scope, meter });
    }
    const slices = new Slices();
    for (const { id, accumulators } of groups.values()) {
      yield groupDocument(id, fields, accumulators);
      if (slices.isOver()) yield PAUSE_DOC;
    }
  };
}

type Gathering = { readonly evaluate: Evaluate; readonly scope: Scope; readonly meter: Meter };

function gather(accumulator: Accumulator | undefined, { evaluate, scope, meter }: Gathering): void {
  if (!accumulator || accumulator.needsMore?.() === false) return;
  const value = evaluate(scope);
  if (accumulator.keeps) meter.take(roomOf(value));
  accumulator.add(value);
}

function groupDocument(
  id: unknown,
  fields: readonly GroupField[],
  accumulators: readonly Accumulator[],
): Doc {
  const doc: Doc = { _id: id };
  for (const [at, { name }] of fields.entries()) doc[name] = accumulators[at]?.result();
  return doc;
}

const isExpressionDoc = (operand: unknown): boolean =>
  isDoc(operand) && Object.keys(operand)[0]?.startsWith('$') === true;

/** Whether an operand is worked out for each document. */
export const isPathOrExpression = (operand: unknown): boolean =>
  (typeof operand === 'string' && operand.startsWith('$')) || isExpressionDoc(operand);

const sortByCount: BuildStage = (operand, context) => {
  const what = 'the sortByCount field must be defined as a $-prefixed path or an expression inside an object';
  ensure(!isDoc(operand) || isExpressionDoc(operand), 40147, what);
  ensure(typeof operand !== 'string' || operand.startsWith('$'), 40148, what);
  ensure(isPathOrExpression(operand), 40149, what);
  return context.compile(
    [{ $group: { _id: operand, count: { $sum: 1 } } }, { $sort: { count: -1 } }],
    context,
  );
};

/** Stages that gather documents. */
export const groupStages: StageTable = { $group: group, $sortByCount: sortByCount };
