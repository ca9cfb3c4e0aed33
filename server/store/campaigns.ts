import { Schema, type Connection } from 'mongoose';
import { TIERS, type Tier } from '../domain/classification/tier.ts';

/** An NPS campaign; `tiers` empty means everybody. */
export type Campaign = {
  _id: string; // short, part of links
  name: string;
  programme: string; // what the long quiet clock counts by
  tiers: Tier[];
  opensAt: Date;
  closesAt: Date;
};

const campaignSchema = new Schema<Campaign>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true, unique: true },
    programme: { type: String, required: true },
    tiers: { type: [{ type: String, enum: TIERS }], default: [] },
    opensAt: { type: Date, required: true },
    closesAt: { type: Date, required: true },
  },
  { collection: 'campaigns', strict: 'throw' },
);

/** Campaigns that somebody opened. Nothing is asked of customers without one. */
export function createCampaignStore(db: Connection) {
  const model = db.model('Campaign', campaignSchema);
  return {
    find: (campaignId: string) => model.findById(campaignId).lean<Campaign>().exec(),
    findByName: (name: string) => model.findOne({ name }).lean<Campaign>().exec(),
    openAt: (at: Date) =>
      model
        .find({ opensAt: { $lte: at }, closesAt: { $gt: at } })
        .sort({ opensAt: 1 })
        .lean<Campaign[]>()
        .exec(),
    latest: () => model.findOne().sort({ opensAt: -1 }).lean<Campaign>().exec(),
    async create(campaign: Campaign): Promise<void> {
      await model.create(campaign);
    },
  };
}
