import { createHash } from 'node:crypto';
import { Schema, Types, type Connection } from 'mongoose';
import { SCOPES, type Scope } from '../domain/staff/permission.ts';
import { memberThen } from './db/references.ts';

/** A key for a machine, e.g. an ERP. The secret itself is never kept. */
type ApiKey = {
  _id: string;
  name: string;
  secretHash: string; // SHA-256, hex
  scopes: Scope[];
  perMinute: number; // requests
  createdBy: string; // staff id
  createdAt: Date;
  lastUsedAt: Date | null; // to the minute
  revokedAt: Date | null;
  expiresAt: Date | null; // null: made before keys had an end
};

const apiKeySchema = new Schema<ApiKey>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    secretHash: { type: String, required: true },
    scopes: { type: [{ type: String, enum: SCOPES }], required: true },
    perMinute: { type: Number, required: true },
    createdBy: { type: String, required: true, refers: memberThen('a record of who did it') },
    createdAt: { type: Date, required: true },
    lastUsedAt: { type: Date, default: null },
    revokedAt: { type: Date, default: null },
    expiresAt: { type: Date, default: null },
  },
  { collection: 'api-keys', strict: 'throw' },
);
apiKeySchema.index({ secretHash: 1 }, { unique: true });

const MINUTE_MS = 60_000;
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** Keys of machines; a key is revoked, never removed. */
export function createApiKeyStore(db: Connection) {
  const model = db.model('ApiKey', apiKeySchema);
  return {
    async create(secret: string, key: Omit<ApiKey, '_id' | 'secretHash' | 'lastUsedAt' | 'revokedAt'>) {
      const _id = new Types.ObjectId().toHexString();
      await model.create({ ...key, _id, secretHash: hashOf(secret) });
      return _id;
    },
    /** The key with this secret, revoked or not. */
    findBySecret: (secret: string) =>
      model
        .findOne({ secretHash: hashOf(secret) })
        .lean<ApiKey>()
        .exec(),
    /** The latest first, revoked ones included. */
    list: () => model.find().sort({ createdAt: -1, _id: -1 }).limit(500).lean<ApiKey[]>().exec(),
    /** `false` when there is no such key, or it was revoked before. */
    async revoke(keyId: string, at: Date): Promise<boolean> {
      const held = { _id: keyId, revokedAt: null };
      return (await model.updateOne(held, { $set: { revokedAt: at } })).modifiedCount === 1;
    },
    /** Notes that the key was used, once a minute at most. */
    async touch({ _id, lastUsedAt }: Pick<ApiKey, '_id' | 'lastUsedAt'>, at: Date): Promise<void> {
      if (lastUsedAt && at.getTime() - lastUsedAt.getTime() < MINUTE_MS) return;
      await model.updateOne({ _id }, { $set: { lastUsedAt: at } });
    },
  };
}
