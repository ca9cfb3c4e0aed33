import { mongo, type Connection } from 'mongoose';

/** What a backup is made of: each kind is held still in its own way. */
export type DatabaseKind = 'embedded' | 'replica-set' | 'standalone';

/** Documents as they are kept, byte for byte, in the order of their ids. */
export type Documents = AsyncIterable<Uint8Array>;

/** So many documents, or so many bytes, go in one write. */
const MOST_DOCUMENTS = 500;
const MOST_BYTES = 8_000_000;

export type BackupShelf = ReturnType<typeof createBackupShelf>;

/** Reads and writes a whole database as bytes, whatever is in it. @param name of the database, if not the connection's */
export function createBackupShelf(connection: Connection, name = connection.name) {
  const db = connection.getClient().db(name);
  return {
    async kind(): Promise<DatabaseKind> {
      const { gitVersion } = await db.admin().buildInfo();
      if (gitVersion === EMBEDDED) return 'embedded';
      const { setName, msg } = await db.admin().command({ hello: 1 });
      return setName || msg === 'isdbgrid' ? 'replica-set' : 'standalone';
    },
    /** LMDB's own copy of the files of the embedded database, into a folder of its own. */
    copyFiles: async (to: string): Promise<void> => void (await db.command({ lmdbCopy: 1, to })),
    /** The names of all collections, in order. */
    async names(): Promise<string[]> {
      const found = await db.listCollections({}, { nameOnly: true }).toArray();
      return found
        .map((collection) => collection.name)
        .filter((collection) => !collection.startsWith('system.'))
        .sort();
    },
    /** Runs `work` with a reader that sees one moment of all collections; without `isSnapshot`, of each one as it is. */
    async atOneMoment<Result>(
      isSnapshot: boolean,
      work: (read: (collection: string) => Documents) => Promise<Result>,
    ): Promise<Result> {
      const session = isSnapshot ? connection.getClient().startSession({ snapshot: true }) : undefined;
      const options = { raw: true, ...(session ? { session } : {}) };
      const read = (collection: string) =>
        db.collection(collection).find({}, options).sort({ _id: 1 }) as unknown as Documents;
      return work(read).finally(() => session?.endSession());
    },
    /** The first collection that holds something, or null. */
    async firstFilled(): Promise<string | null> {
      for (const collection of await this.names())
        if (await db.collection(collection).findOne({}, { projection: { _id: 1 } })) return collection;
      return null;
    },
    /** @throws when a document is refused */
    async fill(collection: string, documents: Documents): Promise<void> {
      for await (const batch of batchesOf(documents)) await db.collection(collection).insertMany(batch);
    },
    drop: async (collection: string): Promise<void> => void (await db.collection(collection).drop()),
  };
}

const EMBEDDED = 'embedded-mongo';

/** Numbers and binaries keep their kinds, so that the same bytes are written again. */
const EXACT = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const;

async function* batchesOf(documents: Documents): AsyncGenerator<mongo.Document[]> {
  let batch: mongo.Document[] = [];
  let bytes = 0;
  for await (const document of documents) {
    batch.push(mongo.BSON.deserialize(document, EXACT));
    bytes += document.length;
    if (batch.length < MOST_DOCUMENTS && bytes < MOST_BYTES) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}
