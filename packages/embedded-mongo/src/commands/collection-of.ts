import type { Call } from '../engine/engine.ts';
import { CommandError, ensure, notImplemented } from '../errors.ts';
import type { Collection, Index } from '../storage/collection.ts';
import { isDoc } from '../values/bson.ts';
import { equalValues } from '../values/compare.ts';
import { nameOption } from './options.ts';

/** The name of the collection the command is about. */
export const collectionName = ({ request }: Call): string => nameOption(request.body, request.name);

/** The collection the command is about; `undefined` if it does not exist, which reads as an empty one. */
export const collectionOf = (call: Call): Collection | undefined =>
  call.engine.catalog.find(call.request.db, collectionName(call));

/** The collection, made if it is not there. Only within a transaction. */
export const madeCollectionOf = (call: Call): Collection =>
  call.engine.catalog.findOrCreate(call.request.db, collectionName(call));

/** @throws {CommandError} 26 – it does not exist. */
export function existingCollectionOf(call: Call): Collection {
  const collection = collectionOf(call);
  if (collection) return collection;
  throw new CommandError(26, `ns does not exist: ${call.request.db}.${collectionName(call)}`);
}

/**
 * The index a hint names or describes; null for `$natural`, `undefined` without a hint.
 *
 * @throws {CommandError} 2 – there is no such index.
 */
export function hintedIndex(collection: Collection, hint: unknown): Index | null | undefined {
  if (hint === undefined || hint === null) return undefined;
  if (!isDoc(hint))
    return hint === '$natural' ? null : required(collection, ({ spec }) => spec.name === hint);
  if (Object.keys(hint).length === 0) return undefined;
  if (hint['$natural'] === -1) throw notImplemented('a reverse $natural hint');
  return '$natural' in hint ? null : required(collection, ({ spec }) => equalValues(spec.key, hint));
}

function required(collection: Collection, isMeant: (index: Index) => boolean): Index {
  const index = collection.indexes.find(isMeant);
  ensure(
    index,
    2,
    'planner returned error :: caused by :: hint provided does not correspond to an existing index',
  );
  return index;
}
