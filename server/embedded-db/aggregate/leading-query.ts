import type { Query } from '../engine/find.ts';
import { allOf } from '../query/condition.ts';
import type { Condition } from '../query/condition.ts';
import { parseFilter } from '../query/filter.ts';
import { sortOf } from '../query/sort.ts';
import type { Sort } from '../query/sort.ts';
import { isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';

/** What of a pipeline's beginning an index can do, and the stages that are left. */
export type LeadingQuery = { readonly query: Query; readonly rest: readonly Doc[] };

/** Takes `$match`es, then a `$sort`, then a `$limit` off the front of a pipeline. */
export function leadingQuery(
  pipeline: readonly Doc[],
  vars: Readonly<Record<string, unknown>> = {},
): LeadingQuery {
  const conditions: Condition[] = [];
  let at = 0;
  for (
    let filter = operandOf(pipeline[at], '$match');
    isDoc(filter);
    filter = operandOf(pipeline[at], '$match')
  ) {
    conditions.push(parseFilter(filter, { vars }));
    at += 1;
  }
  const order = operandOf(pipeline[at], '$sort');
  let sort: Sort | null = null;
  if (isDoc(order) && Object.keys(order).length > 0) {
    sort = sortOf(order);
    at += 1;
  }
  const limit = operandOf(pipeline[at], '$limit');
  const hasLimit = typeof limit === 'number' && Number.isInteger(limit) && limit > 0;
  const query = { condition: allOf(conditions), sort, skip: 0, limit: hasLimit ? limit : 0 };
  return { query, rest: pipeline.slice(hasLimit ? at + 1 : at) };
}

const operandOf = (stage: Doc | undefined, name: string): unknown =>
  stage && Object.keys(stage).length === 1 ? stage[name] : undefined;
