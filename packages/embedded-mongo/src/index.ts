/** An embedded database that any MongoDB driver can connect to. */
export { DatabaseInUseError, openEmbeddedDb } from './open-embedded-db.ts';
export type { EmbeddedDb, EmbeddedDbOptions } from './open-embedded-db.ts';
