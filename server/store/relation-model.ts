import { Schema, type Connection } from 'mongoose';
import type { RelationKey } from '../domain/relation.ts';

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

/** Somebody who follows a contact now. */
export type Follower = RelationKey & Pick<Relation, 'followedAt'>;

/** The earliest follower first. */
export const byAge = (
  a: Pick<Relation, '_id' | 'followedAt'>,
  b: Pick<Relation, '_id' | 'followedAt'>,
): number => a.followedAt.getTime() - b.followedAt.getTime() || (a._id < b._id ? -1 : 1);

/** What WeCom tells about the relation. */
export type RelationFacts = Omit<Relation, '_id' | 'lostAt' | 'lostBy'>;

const relationSchema = new Schema<Relation>(
  {
    _id: { type: String, required: true },
    staffId: { type: String, required: true },
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
  { strict: 'throw', versionKey: false },
);
relationSchema.index({ externalUserId: 1 });
relationSchema.index({ staffId: 1, lostAt: 1 });
relationSchema.index({ followedAt: 1 });

/** The shelf of relations. */
export const openRelations = (db: Connection) => db.model('Relation', relationSchema, 'relations');
export type RelationModel = ReturnType<typeof openRelations>;
