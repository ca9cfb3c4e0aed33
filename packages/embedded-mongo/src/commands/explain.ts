import { find } from '../engine/find.ts';
import type { Query } from '../engine/find.ts';
import type { Call, Command } from '../engine/engine.ts';
import { leadingQuery } from '../aggregate/leading-query.ts';
import type { Plan } from '../index/plan.ts';
import { CommandError, typeMismatch } from '../errors.ts';
import type { Collection } from '../storage/collection.ts';
import { isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { pipelineOf } from './aggregate.ts';
import { hintedIndex } from './collection-of.ts';
import { docOption, nameOption } from './options.ts';
import { queryOf } from './read.ts';

/** Where the commands that can be explained keep their query. */
const QUERY_FIELDS: Readonly<Record<string, string>> = {
  find: 'filter',
  count: 'query',
  distinct: 'query',
  findAndModify: 'query',
  findandmodify: 'query',
};

function run(call: Call): Doc {
  const explained = docOption(call.request.body, 'explain');
  const [name = ''] = Object.keys(explained);
  const { db } = call.request;
  const collection = call.engine.catalog.find(db, nameOption(explained, name));
  const namespace = `${db}.${nameOption(explained, name)}`;
  const empty = { queryPlanner: { namespace, winningPlan: { stage: 'EOF' } } };
  if (!collection) return { ...empty, executionStats: statsOf(0, { keys: 0, documents: 0 }) };
  const query = explainedQuery(collection, name, explained);
  const running = find(call.engine.store, collection, query);
  // All but a count read each document that they find.
  const nReturned = [...running.documents].filter((kept) => name === 'count' || kept.bytes).length;
  return {
    queryPlanner: { namespace, winningPlan: shownPlan(running.plan, query) },
    executionStats: statsOf(nReturned, running.examined),
    serverInfo: { version: '7.0.0' },
  };
}

const statsOf = (nReturned: number, examined: { keys: number; documents: number }): Doc => ({
  executionSuccess: true,
  nReturned,
  totalKeysExamined: examined.keys,
  totalDocsExamined: examined.documents,
});

function explainedQuery(collection: Collection, name: string, body: Doc): Query {
  if (name === 'aggregate') {
    const { query } = leadingQuery(pipelineOf(body));
    const hint = hintedIndex(collection, body['hint']);
    return hint === undefined ? query : { ...query, hint };
  }
  if (name === 'update' || name === 'delete') return statementQuery(collection, body[`${name}s`]);
  const field = QUERY_FIELDS[name];
  if (!field) throw new CommandError(59, `Explain failed due to unknown command: ${name}`);
  return queryOf(collection, body, field);
}

function statementQuery(collection: Collection, statements: unknown): Query {
  const [statement] = Array.isArray(statements) ? statements : [];
  if (!isDoc(statement)) throw typeMismatch('explain needs exactly one statement');
  return queryOf(collection, { q: statement['q'], hint: statement['hint'] }, 'q');
}

/** A plan in the manner of MongoDB's `explain`. */
function shownPlan(plan: Plan, query: Query): Doc {
  const access = accessOf(plan);
  const isBlocking = query.sort !== null && !(plan.kind === 'index' && plan.isSorted);
  return isBlocking ? { stage: 'SORT', inputStage: access } : access;
}

function accessOf(plan: Plan): Doc {
  if (plan.kind === 'collection') return { stage: 'COLLSCAN', direction: 'forward' };
  if (plan.kind === 'union') {
    return {
      stage: 'FETCH',
      inputStage: { stage: 'OR', inputStages: plan.plans.map((part) => keysStage(part)) },
    };
  }
  return { stage: 'FETCH', inputStage: keysStage(plan) };
}

function keysStage({ index, isReverse }: Extract<Plan, { kind: 'index' }>): Doc {
  return {
    stage: 'IXSCAN',
    keyPattern: index.spec.key,
    indexName: index.spec.name,
    isMultiKey: index.isMultikey,
    isUnique: index.spec.unique,
    direction: isReverse ? 'backward' : 'forward',
  };
}

/** `explain` of everything that has a query: the plan, and what running it looked at. */
export const explain: Command = { isWrite: false, fields: { known: ['verbosity'] }, run };
