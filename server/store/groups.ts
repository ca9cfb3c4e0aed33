import { Schema, type Connection } from 'mongoose';
import { memberThen } from './db/references.ts';

/** Somebody in a customer group; names are nobody's business here. `state` tells the join way; '' without one. */
export type GroupMember = { id: string; isStaff: boolean; joinedAt: Date; joinScene: number; state: string };

/** A customer group 客户群. */
export type Group = {
  _id: string; // WeCom chat_id
  name: string;
  ownerId: string;
  notice: string;
  createdAt: Date;
  memberCount: number;
  staffCount: number;
  version: string; // changes with the members
  members: GroupMember[];
  dismissedAt: Date | null;
  syncedAt: Date; // when WeCom told this
};

/** What WeCom tells about the group. */
export type GroupFacts = Omit<Group, 'dismissedAt' | 'syncedAt'>;

const memberSchema = new Schema<GroupMember>(
  {
    id: { type: String, required: true },
    isStaff: { type: Boolean, required: true },
    joinedAt: { type: Date, required: true },
    joinScene: { type: Number, default: 0 },
    state: { type: String, default: '' },
  },
  { _id: false, id: false, strict: 'throw' },
);
const groupSchema = new Schema<Group>(
  {
    _id: { type: String, required: true },
    name: { type: String, default: '' },
    ownerId: {
      type: String,
      default: '',
      refers: memberThen('WeCom tells it anew with every synchronisation'),
    },
    notice: { type: String, default: '' },
    createdAt: { type: Date, required: true },
    memberCount: { type: Number, required: true },
    staffCount: { type: Number, required: true },
    version: { type: String, default: '' },
    members: { type: [memberSchema], default: [] },
    dismissedAt: { type: Date, default: null },
    syncedAt: { type: Date, required: true },
  },
  { collection: 'groups', strict: 'throw' },
);
groupSchema.index({ dismissedAt: 1 });
groupSchema.index({ ownerId: 1 });
groupSchema.index({ 'members.id': 1 });

/** Customer groups as WeCom last told; a dismissed one is marked and stays. Writes may be repeated safely. */
export function createGroupStore(db: Connection) {
  const model = db.model('Group', groupSchema);
  return {
    find: (chatId: string) => model.findById(chatId).lean<Group>().exec(),
    livingIds: async (): Promise<string[]> =>
      (await model.find({ dismissedAt: null }).select({ _id: 1 }).lean<Group[]>().exec()).map(
        ({ _id }) => _id,
      ),
    /** Keeps what WeCom told at `at`, unless something newer is kept; the group lives. */
    async save({ _id, ...facts }: GroupFacts, at: Date): Promise<void> {
      const told = { ...facts, dismissedAt: null, syncedAt: at };
      const { matchedCount } = await model.updateOne({ _id, syncedAt: { $lte: at } }, { $set: told });
      if (matchedCount === 0) await model.updateOne({ _id }, { $setOnInsert: told }, { upsert: true });
    },
    /** Marks the group dismissed since `at`; `false` when it was, or was never known. */
    async dismiss(chatId: string, at: Date): Promise<boolean> {
      const { modifiedCount } = await model.updateOne(
        { _id: chatId, dismissedAt: null },
        { $set: { dismissedAt: at } },
      );
      return modifiedCount === 1;
    },
  };
}
