import { CommandError } from '../errors.ts';
import type { Condition } from '../query/condition.ts';
import { ObjectId, copyValue } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { changeAt } from './place.ts';
import { applyActions } from './update.ts';
import type { Update } from './update.ts';

/**
 * The document an upsert inserts: what the filter says by equality, then the update; `_id` first.
 *
 * @throws {CommandError} 54 – the filter names a field twice; others as the operators do.
 */
export function upsertedDocument(condition: Condition, update: Update, now: Date): Doc {
  const equalities = equalitiesOf(condition);
  const doc =
    update.kind === 'replacement' ? replaced(update.doc, equalities) : built(equalities, update, now);
  const { _id, ...rest } = doc;
  return { _id: _id === undefined ? new ObjectId() : _id, ...rest };
}

type Equality = { path: string; value: unknown };

/** Equalities that hold for sure: under `$and`, alone in an `$or` or `$in`, or in an `$all` of one value. */
function equalitiesOf(condition: Condition): Equality[] {
  if (condition.kind === 'and') return condition.of.flatMap(equalitiesOf);
  if (condition.kind === 'or') return condition.of.length === 1 ? condition.of.flatMap(equalitiesOf) : [];
  return condition.kind === 'field' ? equalityOf(condition) : [];
}

function equalityOf({ path, predicate }: Condition & { kind: 'field' }): Equality[] {
  if (predicate.op === '$eq') return [{ path, value: predicate.operand }];
  const listed: unknown[] =
    predicate.op === '$in' && Array.isArray(predicate.operand) ? predicate.operand : [];
  return listed.length === 1 ? [{ path, value: listed[0] }] : [];
}

function replaced(doc: Doc, equalities: readonly Equality[]): Doc {
  const id = equalities.find(({ path }) => path === '_id')?.value;
  return id === undefined || doc['_id'] !== undefined ? { ...doc } : { ...doc, _id: id };
}

function built(equalities: readonly Equality[], update: Update & { kind: 'operators' }, now: Date): Doc {
  const doc: Doc = {};
  const paths = new Set<string>();
  for (const { path, value } of equalities) {
    const twice = [...paths].some(
      (other) => other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`),
    );
    if (twice)
      throw new CommandError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    paths.add(path);
    changeAt(doc, { parts: path.split('.'), createsPath: true, change: () => copyValue(value) });
  }
  applyActions(update, { doc, position: null, now, isInsert: true, id: doc['_id'] });
  return doc;
}
