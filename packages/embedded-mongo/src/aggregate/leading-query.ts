import type { Query } from '../engine/find.ts';
import { allOf } from '../query/condition.ts';
import type { Condition } from '../query/condition.ts';
import { parseFilter } from '../query/filter.ts';
import { sortOf } from '../query/sort.ts';
import { isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';

/** What of a pipeline's beginning an index can do, and the stages that are left. */
export type LeadingQuery = { readonly query: Query; readonly rest: readonly Doc[] };

/** Takes `$match`es, then a `$sort`, then a `$limit` off the front of a pipeline. */
export function leadingQuery(
  pipeline: readonly Doc[],
  vars: Readonly<Record<string, unknown>> = {},
): LeadingQuery {
  const stages = [...pipeline];
  const take = (name: string, isWanted: (operand: unknown) => boolean): unknown => {
    const [stage = {}] = stages;
    if (Object.keys(stage).length !== 1 || !isWanted(stage[name])) return undefined;
    stages.shift();
    return stage[name];
  };
  const conditions: Condition[] = [];
  for (let filter = take('$match', isDoc); isDoc(filter); filter = take('$match', isDoc)) {
    conditions.push(parseFilter(filter, { vars }));
  }
  const order = take('$sort', (operand) => isDoc(operand) && Object.keys(operand).length > 0);
  const sort = isDoc(order) ? sortOf(order) : null;
  const limit = Number(take('$limit', (operand) => Number.isInteger(operand) && Number(operand) > 0) ?? 0);
  return { query: { condition: allOf(conditions), sort, skip: 0, limit }, rest: stages };
}
