import { Schema, type Connection } from 'mongoose';
import type { RelationKey } from '../domain/sync/relation.ts';
import { MEMBER } from './db/references.ts';

/** Why a relation ended: staff deleted the contact, the contact deleted staff, a colleague took over, or WeCom no longer knows it. */
export const LOSSES = ['by_staff', 'by_contact', 'transferred', 'gone'] as const;
export type Loss = (typeof LOSSES)[number];

/** One staff following one contact 跟进关系. */
export type Relation = {
  _id: string; // staffId:externalUserId
  staffId: string;
  externalUserId: string;
  remark: string;
  description: string;
  remarkCorpName: string;
  tagIds: string[]; // corp tags, as WeCom last told or as we last wrote
  addWay: number;
  state: string; // of the channel code
  followedAt: Date;
  lostAt: Date | null; // cleared when they come back
  lostBy: Loss | null;
};

/** Somebody who follows a contact now, and what they call them. */
export type Follower = RelationKey & Pick<Relation, 'followedAt' | 'remark'>;

/** What WeCom tells about the relation. */
export type RelationFacts = Omit<Relation, '_id' | 'lostAt' | 'lostBy'>;

const relationSchema = new Schema<Relation>(
  {
    _id: { type: String, required: true },
    staffId: { type: String, required: true, refers: MEMBER },
    externalUserId: { type: String, required: true },
    remark: { type: String, default: '' },
    description: { type: String, default: '' },
    remarkCorpName: { type: String, default: '' },
    tagIds: { type: [String], default: [] },
    addWay: { type: Number, default: 0 },
    state: { type: String, default: '' },
    followedAt: { type: Date, required: true },
    lostAt: { type: Date, default: null },
    lostBy: { type: String, enum: [...LOSSES, null], default: null },
  },
  { collection: 'relations', strict: 'throw', versionKey: false },
);
relationSchema.index({ externalUserId: 1 });
relationSchema.index({ staffId: 1, lostAt: 1 });
relationSchema.index({ followedAt: 1 });

/** The shelf of relations. */
export const openRelations = (db: Connection) => db.model('Relation', relationSchema);
export type RelationModel = ReturnType<typeof openRelations>;

/** The first answer is to hold the followers of all whom a list shows. */
const AT_ONCE = 1000;
const OF_FOLLOWERS = { staffId: 1, externalUserId: 1, followedAt: 1, remark: 1, lostAt: 1 };
type Found = Follower & Pick<Relation, '_id' | 'lostAt'>;

/** Who follows these contacts now, the earliest first. */
export async function readFollowers(db: Connection, ids: readonly string[]): Promise<Follower[]> {
  const found = await db
    .collection<Relation>('relations')
    .find({ externalUserId: { $in: [...ids] } }, { batchSize: AT_ONCE })
    .project<Found>(OF_FOLLOWERS)
    .toArray();
  return found.filter(({ lostAt }) => !lostAt).sort(byAge);
}

const byAge = (a: Found, b: Found) =>
  a.followedAt.getTime() - b.followedAt.getTime() || (a._id < b._id ? -1 : 1);
