import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { openEmbeddedDb } from '../../src/open-embedded-db.ts';

/** A database of a test file's own, and how to leave it. */
export type ContractDb = {
  db: mongo.Db;
  /** A collection with these documents, in this order, under a name of its own. */
  collection: (documents: readonly Doc[]) => Promise<mongo.Collection<Stored>>;
  /** Whether it is the embedded server, and not the one in `TEST_MONGODB_URI`. */
  isEmbedded: boolean;
  close: () => Promise<void>;
};

/** A filter, an update, a stage or a document to store. */
export type Doc = mongo.Document;
/** A stored document, with the kinds of `_id` the contract uses. */
type Stored = Doc & { _id: number | string | mongo.ObjectId };

/** Opens the server named in `TEST_MONGODB_URI`, or an embedded one in a temporary directory. */
export async function openContractDb(): Promise<ContractDb> {
  const outside = process.env['TEST_MONGODB_URI'];
  const dir = mkdtempSync(join(tmpdir(), 'genjin-contract-'));
  const embedded = outside ? null : await openEmbeddedDb({ dir, mode: 'own' });
  const client = new mongo.MongoClient(outside ?? embedded?.uri ?? '');
  const db = client.db(`contract_${process.pid}_${Date.now()}`);
  let collections = 0;
  return {
    db,
    isEmbedded: embedded !== null,
    async collection(documents) {
      collections += 1;
      const collection = db.collection<Stored>(`c${collections}`);
      if (documents.length > 0)
        await db.collection(collection.collectionName).insertMany(documents.map((doc) => ({ ...doc })));
      return collection;
    },
    async close() {
      await db.dropDatabase();
      await client.close();
      await embedded?.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The code, the `codeName` and the message of the error a promise rejects with; `null` if it does not. */
export async function errorOf(work: Promise<unknown>): Promise<{ code: unknown; message: string } | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { code: 'code' in error ? error.code : undefined, message: error.message };
  }
}
