import type { mongo } from 'mongoose';
import type { PlatformState } from '@genjin/wecom-sandbox';
import { databaseAt } from './a-database.ts';
import type { World, WorldOptions } from './open-world.ts';

/** What a first synchronisation has left on both sides. */
export type Synced = { state: PlatformState; shelves: Map<string, mongo.Document[]> };

const kept = new Map<string, Synced>();

/** Every database gets these by itself when it is opened. */
const OWN = ['corp_marks', 'migrations'];

/** Worlds with the same key are the same after a synchronisation; null where the options say more than a key can. */
export function keyOf({ gate, ...options }: WorldOptions): string | null {
  return gate ? null : JSON.stringify(options);
}

export const syncedBefore = (key: string | null): Synced | null => (key && kept.get(key)) || null;

/** Remembers a world that was just synchronised, and nothing else done to it. */
export async function rememberSynced(key: string | null, { platform, uri }: World): Promise<void> {
  if (!key) return;
  const db = databaseAt(uri);
  const found = await db.listCollections({}, { nameOnly: true }).toArray();
  const names = found.map(({ name }) => name).filter((name) => !OWN.includes(name));
  const shelves = await Promise.all(
    names.map(async (name) => [name, await db.collection(name).find().toArray()] as const),
  );
  kept.set(key, {
    state: structuredClone(platform.state),
    shelves: new Map(shelves.filter(([, documents]) => documents.length > 0)),
  });
}

/** Gives a fresh world, opened with the corp of `synced`, the rest of what its synchronisation had left. */
export async function takeOver({ platform, uri }: World, synced: Synced): Promise<void> {
  const { corp, ...rest } = synced.state;
  void corp; // the platform has indexes over its own
  Object.assign(platform.state, structuredClone(rest));
  const db = databaseAt(uri);
  await Promise.all(
    [...synced.shelves].map(async ([name, documents]) => {
      await db.collection(name).deleteMany({}); // what the opening itself has left, e.g. the mark of the corp
      await db.collection(name).insertMany(documents);
    }),
  );
}
