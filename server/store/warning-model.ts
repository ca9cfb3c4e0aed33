import { Schema, type Connection } from 'mongoose';
import { WARNING_KINDS, WARNING_LEVELS, WARNING_STATES } from '../domain/warnings/kinds.ts';
import type { StandingWarning } from '../domain/warnings/plan.ts';
import { MEMBER, OF_ACCOUNT } from './db/references.ts';

/** One warning as kept. */
export type Warning = StandingWarning & {
  accountId: string;
  forIds: string[]; // owner and deputy of the account
  contactId: string | null; // whom to open about it
  heirId: string | null; // who is proposed to take the account over
  seenAt: Date; // when it was last raised or brought up to date
  untold: string[]; // members who have yet to be told
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  resolvedAt: Date | null;
  note: string;
};

const date = { type: Date, default: null };
const text = { type: String, default: null };
const mixed = { type: Schema.Types.Mixed, default: null };
const warningSchema = new Schema<Warning>(
  {
    _id: { type: String, required: true },
    kind: { type: String, enum: WARNING_KINDS, required: true },
    subject: { type: String, required: true },
    accountId: { type: String, required: true, refers: OF_ACCOUNT },
    forIds: { type: [String], default: [], refers: MEMBER },
    contactId: text,
    heirId: { ...text, refers: MEMBER },
    level: { type: String, enum: WARNING_LEVELS, required: true },
    text: { type: String, required: true },
    inputs: mixed,
    boundary: mixed,
    state: { type: String, enum: WARNING_STATES, default: 'open' },
    raisedAt: { type: Date, required: true },
    seenAt: { type: Date, required: true },
    untold: { type: [String], default: [], refers: MEMBER },
    acknowledgedAt: date,
    acknowledgedBy: { ...text, refers: MEMBER },
    resolvedAt: date,
    resolvedBy: { ...text, refers: MEMBER },
    note: { type: String, default: '' },
  },
  { collection: 'warnings', strict: 'throw', minimize: false },
);
warningSchema.index({ accountId: 1, raisedAt: -1 });
warningSchema.index({ forIds: 1, state: 1, level: 1, raisedAt: -1, _id: -1 });
warningSchema.index({ state: 1, level: 1, raisedAt: -1, _id: -1 });
warningSchema.index({ untold: 1, raisedAt: -1 });

/** The shelf of warnings. */
export const openWarnings = (db: Connection) => db.model('Warning', warningSchema);
export type WarningModel = ReturnType<typeof openWarnings>;
