import { Schema, type Connection } from 'mongoose';
import type { Asked } from '../domain/nps/nps.ts';
import { staffMover } from './db/move-staff.ts';
import { MEMBER, OF_ACCOUNT } from './db/references.ts';

/** How far an invitation got. `unsendable`: WeCom refused the contact. */
export const INVITATION_STATES = ['claimed', 'proposed', 'sent', 'unsendable'] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

/** The right to ask one contact once in a campaign: its id makes a second ask impossible. */
export type Invitation = {
  _id: string; // campaignId:externalUserId
  campaignId: string;
  programme: string;
  externalUserId: string;
  accountId: string;
  staffId: string;
  batchId: string; // the mass message it belongs to, an id of the ledger
  state: InvitationState;
  askedAt: Date;
};

const invitationSchema = new Schema<Invitation>(
  {
    _id: { type: String, required: true },
    campaignId: { type: String, required: true },
    programme: { type: String, required: true },
    externalUserId: { type: String, required: true },
    accountId: { type: String, required: true, refers: OF_ACCOUNT },
    staffId: { type: String, required: true, refers: MEMBER },
    batchId: { type: String, required: true },
    state: { type: String, enum: INVITATION_STATES, required: true },
    askedAt: { type: Date, required: true },
  },
  { collection: 'invitations', strict: 'throw' },
);
invitationSchema.index({ externalUserId: 1, askedAt: -1 });
invitationSchema.index({ accountId: 1 });
invitationSchema.index({ batchId: 1 });
invitationSchema.index({ campaignId: 1, staffId: 1, askedAt: 1 });

/** Who was asked, by whom, and how far it got. */
export function createInvitationStore(db: Connection) {
  const model = openModel(db);
  return {
    ...asking(model),
    find: (id: string) => model.findById(id).lean<Invitation>().exec(),
    ofBatch: (batchId: string) => model.find({ batchId }).sort({ _id: 1 }).lean<Invitation[]>().exec(),
    /** How many contacts these members put into messages in a campaign, and how many of them got one. */
    async countAsked(campaignId: string, staffIds: readonly string[]): Promise<Asked> {
      const theirs = { campaignId, staffId: { $in: [...staffIds] } };
      const [sent, delivered] = await Promise.all([
        model.countDocuments({ ...theirs, state: { $ne: 'unsendable' } }),
        model.countDocuments({ ...theirs, state: 'sent' }),
      ]);
      return { sent, delivered };
    },
    /** Takes the right to ask; `false` when it is taken. */
    async claim({ _id, ...fields }: Invitation): Promise<boolean> {
      const { upsertedCount } = await model.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
      return upsertedCount === 1;
    },
    async settle(
      batchId: string,
      state: InvitationState,
      externalUserIds?: readonly string[],
    ): Promise<void> {
      const who = externalUserIds ? { externalUserId: { $in: [...externalUserIds] } } : {};
      await model.updateMany({ batchId, ...who }, { $set: { state } });
    },
    /** Who answers got the question, whatever WeCom has told of it so far. */
    async arrive(id: string): Promise<void> {
      await model.updateOne({ _id: id, state: { $ne: 'sent' } }, { $set: { state: 'sent' } });
    },
    /** Gives the rights of a batch back, because its message was certainly never made. */
    async release(batchId: string): Promise<void> {
      await model.deleteMany({ batchId });
    },
    moveStaff: staffMover(model, ['staffId']),
  };
}

const openModel = (db: Connection) => db.model('Invitation', invitationSchema);

const asking = (model: ReturnType<typeof openModel>) => ({
  /** When the contact was last asked: by this programme, and by any; sent or still waiting. */
  async lastAsked(
    externalUserId: string,
    programme: string,
  ): Promise<{ byProgramme: Date | null; byAny: Date | null }> {
    const asked = await model
      .find({ externalUserId, state: { $ne: 'unsendable' } })
      .sort({ askedAt: -1 })
      .limit(50)
      .lean<Invitation[]>();
    const latest = (rows: Invitation[]) => rows[0]?.askedAt ?? null;
    return {
      byProgramme: latest(asked.filter((row) => row.programme === programme)),
      byAny: latest(asked),
    };
  },
});
