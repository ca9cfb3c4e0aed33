import { Schema, Types, type Connection } from 'mongoose';
import type { AccountSource } from '../domain/accounts/account.ts';
import type { AccountEdits } from '../domain/accounts/account-edits.ts';
import type { Day } from '../domain/calendar.ts';
import type { StageWhy, TierWhy, ValueClassWhy } from '../domain/classification/explanation.ts';
import type { Spread } from '../domain/cadence/go-live.ts';
import { STAGES, type Stage } from '../domain/classification/lifecycle.ts';
import type { Override } from '../domain/classification/override.ts';
import type { SuccessorWhy } from '../domain/staff/successor.ts';
import { TIERS, type PendingTier, type Tier } from '../domain/classification/tier.ts';
import { UNTOUCHED } from '../domain/cadence/touch-marks.ts';
import type { ShareSeen } from '../domain/warnings/facts.ts';
import { VALUE_CLASSES, type ValueClass } from '../domain/classification/value-class.ts';
import { MEMBER, MERGED_INTO, REFERRER } from './db/references.ts';

/** A customer company 客户, or one person whose company is unknown. */
export type Account = {
  _id: string;
  name: string;
  nameKey?: string; // matchKey(name); absent for an account of one person
  legalName?: string; // 工商全称, as WeCom tells it for verified companies
  legalKey?: string; // matchKey(legalName)
  shortKey?: string; // matchKey of the short name that WeCom tells, where the account is called otherwise
  twinKey?: string; // matchKey(name) where an older account has it as its `nameKey`
  externalId?: string; // 客户编号 in the ERP
  externalKey?: string; // numberKey(externalId), where that is another spelling
  isSolo: boolean; // made for one contact whose company is unknown
  industry: string;
  region: string;
  size: string;
  ownerId: string | null; // null: in the pool 待分配
  deputyId: string | null; // steps in for the owner
  formerOwnerId: string | null; // who last lost the account to the pool
  pooledAt: Date | null; // since when in the pool; null while there is an owner, or never was one
  heirId: string | null; // who is proposed as the next owner; null: nobody fits
  heirWhy: SuccessorWhy | null;
  heirAcceptedBy: string | null; // the leader who agreed to the heir
  knownSince: Date;
  tier: Tier;
  tierWhy: TierWhy | null; // null until the first classification
  pendingTier: PendingTier | null;
  stage: Stage;
  stageWhy: StageWhy | null;
  valueClass: ValueClass;
  valueClassWhy: ValueClassWhy | null;
  lastTouchAt: Date | null;
  lastSignAt?: Date | null; // absent, like `askedAt`, until an account of an older version is taken over
  promisedOn: Day | null;
  askedAt?: Date | null;
  newContactAt: Date | null;
  detractorAt: Date | null;
  marksVersion?: number; // counts how often the marks were made anew, so that none is written from older facts
  spread?: Spread | null; // when it is taken up, if its date lay before go-live
  dueOn: Day | null; // next date, computed at every write that moves it
  mergedInto: string | null;
  mergeId: string | null; // the merge by which it went there
  tierPin: Override<Tier> | null;
  stagePin: Override<Stage> | null;
  strategicMark: Override<true> | null; // 战略客户, by a manager
  potentialScore: number | null; // 0–100
  sharePercent: number | null; // our largest share of what they spend in a category
  shareSeen?: ShareSeen | null; // as the last watch saw it
  source: AccountSource | null;
  referredById: string | null; // the account that recommended us
  custom: Record<string, unknown>; // by the key of the custom field
  edits?: AccountEdits; // absent: nobody changed anything by hand
};

const text = { type: String, default: '' };
const mixed = { type: Schema.Types.Mixed, default: null };
const accountSchema = new Schema<Account>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    nameKey: String,
    legalName: String,
    legalKey: String,
    shortKey: String,
    twinKey: String,
    externalId: String,
    externalKey: String,
    isSolo: { type: Boolean, default: false },
    industry: text,
    region: text,
    size: text,
    ownerId: { type: String, default: null, refers: MEMBER },
    deputyId: { type: String, default: null, refers: MEMBER },
    formerOwnerId: { type: String, default: null, refers: MEMBER },
    pooledAt: { type: Date, default: null },
    heirId: { type: String, default: null, refers: MEMBER },
    heirWhy: { type: Schema.Types.Mixed, default: null },
    heirAcceptedBy: { type: String, default: null, refers: MEMBER },
    knownSince: { type: Date, required: true },
    tier: { type: String, enum: TIERS, default: 'unrated' },
    tierWhy: { type: Schema.Types.Mixed, default: null },
    pendingTier: { type: Schema.Types.Mixed, default: null },
    stage: { type: String, enum: STAGES, default: 'suspect' },
    stageWhy: { type: Schema.Types.Mixed, default: null },
    valueClass: { type: String, enum: VALUE_CLASSES, default: 'general' },
    valueClassWhy: { type: Schema.Types.Mixed, default: null },
    lastTouchAt: { type: Date, default: null },
    lastSignAt: Date,
    promisedOn: { type: String, default: null },
    askedAt: Date,
    newContactAt: { type: Date, default: null },
    detractorAt: { type: Date, default: null },
    marksVersion: Number,
    spread: mixed,
    dueOn: { type: String, default: null },
    mergedInto: { type: String, default: null, refers: MERGED_INTO },
    mergeId: { type: String, default: null },
    tierPin: mixed,
    stagePin: mixed,
    strategicMark: mixed,
    potentialScore: { type: Number, default: null },
    sharePercent: { type: Number, default: null },
    shareSeen: mixed,
    source: mixed,
    referredById: { type: String, default: null, refers: REFERRER },
    custom: { type: Schema.Types.Mixed, default: {} },
    edits: Schema.Types.Mixed, // no null: its parts are set one by one
  },
  { collection: 'accounts', strict: 'throw', minimize: false, versionKey: false },
);
accountSchema.index({ nameKey: 1 }, { unique: true, sparse: true });
accountSchema.index({ externalId: 1 }, { unique: true, sparse: true });
for (const field of ['legalKey', 'shortKey', 'twinKey', 'externalKey', 'referredById'])
  accountSchema.index({ [field]: 1 }, { sparse: true });
accountSchema.index({ ownerId: 1, _id: 1 });
// Whether it was merged stands in the keys, so that the due list and its count ask no document.
accountSchema.index({ ownerId: 1, mergedInto: 1, dueOn: 1 });
accountSchema.index({ ownerId: 1, mergedInto: 1, tier: 1, dueOn: 1, _id: 1 });
// Lists of a whole company are in the order of the ids; without these a class that nobody is in would be looked for everywhere.
accountSchema.index({ tier: 1, mergedInto: 1, _id: 1 });
accountSchema.index({ stage: 1, mergedInto: 1, _id: 1 });
accountSchema.index({ valueClass: 1, mergedInto: 1, _id: 1 });
accountSchema.index({ formerOwnerId: 1, ownerId: 1 });
accountSchema.index({ deputyId: 1 });

/** The shelf that `pool` looks at, too. */
export const openAccounts = (db: Connection) => db.model('Account', accountSchema);
export type AccountModel = ReturnType<typeof openAccounts>;

/** What lists of due accounts read: a small part of each. */
export const IN_BRIEF = {
  name: 1,
  ownerId: 1,
  tier: 1,
  stage: 1,
  knownSince: 1,
  lastTouchAt: 1,
  promisedOn: 1,
  askedAt: 1,
  newContactAt: 1,
  detractorAt: 1,
  spread: 1,
  dueOn: 1,
} as const;
export type AccountInBrief = Pick<Account, '_id' | keyof typeof IN_BRIEF>;

/** Accounts that were merged into others stay on the shelf, but no list shows them. */
export const living = { mergedInto: null };

export const newAccountId = () => new Types.ObjectId().toHexString();

/** What a new account begins with. */
export const blank = (): Omit<Account, '_id' | 'name' | 'knownSince'> => ({
  isSolo: false,
  industry: '',
  region: '',
  size: '',
  ownerId: null,
  deputyId: null,
  formerOwnerId: null,
  pooledAt: null,
  heirId: null,
  heirWhy: null,
  heirAcceptedBy: null,
  tier: 'unrated',
  tierWhy: null,
  pendingTier: null,
  stage: 'suspect',
  stageWhy: null,
  valueClass: 'general',
  valueClassWhy: null,
  ...UNTOUCHED,
  marksVersion: 0,
  spread: null,
  dueOn: null,
  mergedInto: null,
  mergeId: null,
  tierPin: null,
  stagePin: null,
  strategicMark: null,
  potentialScore: null,
  sharePercent: null,
  source: null,
  referredById: null,
  custom: {},
});
