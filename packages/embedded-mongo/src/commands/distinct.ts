import { fieldAt } from '../aggregate/expression.ts';
import type { Call, CommandTable } from '../engine/engine.ts';
import { Meter, roomOf } from '../engine/memory.ts';
import { drawAll } from '../engine/pause.ts';
import type { Doc } from '../values/bson.ts';
import { identityOf } from '../values/key.ts';
import { collectionOf } from './collection-of.ts';
import { nameOption } from './options.ts';
import { documentsOf } from './read.ts';

async function runDistinct(call: Call): Promise<Doc> {
  const { body } = call.request;
  const path = nameOption(body, 'key').split('.');
  const collection = collectionOf(call);
  const values = new Map<string, unknown>();
  if (!collection) return { values: [] };
  const meter = new Meter('a distinct');
  await drawAll(documentsOf(call, collection, 'query'), ({ doc }) => {
    const found = fieldAt(doc, path, 0);
    for (const value of Array.isArray(found) ? expanded(found, path.length) : [found])
      if (value !== undefined) keepDistinct(values, value, meter);
  });
  return { values: [...values.values()] };
}

function keepDistinct(values: Map<string, unknown>, value: unknown, meter: Meter): void {
  const identity = identityOf(value);
  if (values.has(identity)) return;
  meter.take(roomOf(value));
  values.set(identity, value);
}

/** An array at the end counts as its elements; one on the way already was taken apart, so its values' arrays count too. */
function expanded(found: readonly unknown[], depth: number): unknown[] {
  return depth === 1
    ? [...found]
    : found.flatMap((value): unknown[] => (Array.isArray(value) ? value : [value]));
}

/** `distinct`. */
export const distinctCommands: CommandTable = {
  distinct: {
    isWrite: false,
    fields: { known: ['key', 'query', 'hint'], refused: ['collation'] },
    run: runDistinct,
  },
};
