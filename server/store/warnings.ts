import { createHash } from 'node:crypto';
import type { Connection, QueryFilter } from 'mongoose';
import type { Finding } from '../domain/warnings/facts.ts';
import {
  WARNING_LEVELS,
  type WarningKind,
  type WarningLevel,
  type WarningState,
} from '../domain/warnings/kinds.ts';
import { warningKey } from '../domain/warnings/plan.ts';
import { staffMover } from './db/move-staff.ts';
import { openWarnings, type Warning, type WarningModel } from './warning-model.ts';

/** What raises a warning. */
export type NewWarning = Pick<Warning, 'accountId' | 'forIds' | 'level' | 'heirId' | 'untold'> & {
  finding: Finding;
};

/** Warnings 预警; those that are resolved stay. */
export function createWarningStore(db: Connection) {
  const model = openWarnings(db);
  const moveSingle = staffMover(model, ['heirId', 'acknowledgedBy', 'resolvedBy']);
  return {
    ...reads(model),
    ...writes(model),
    ...telling(model),
    async moveStaff(fromId: string, toId: string): Promise<void> {
      await moveSingle(fromId, toId);
      for (const field of ['forIds', 'untold'] as const) {
        await model.updateMany({ [field]: fromId }, { $addToSet: { [field]: toId } });
        await model.updateMany({ [field]: fromId }, { $pull: { [field]: fromId } });
      }
    },
  };
}

const unresolved = { state: { $ne: 'resolved' as const } };

/** Where a page of the list ended. */
export type WarningPlace = { level: WarningLevel; raisedAt: Date; id: string };

/** Narrows a list; `forIds` null: everybody's. `before` is the last one of the page before. */
export type WarningFilter = {
  forIds: readonly string[] | null;
  accountId?: string | undefined;
  kind?: WarningKind | undefined;
  level?: WarningLevel | undefined;
  state: WarningState | 'unresolved';
  before: WarningPlace | null;
};

/** The levels that a page may hold, the gravest first: none before that of the page before. */
const levelsOf = ({ level, before }: WarningFilter): WarningLevel[] =>
  WARNING_LEVELS.slice(before ? WARNING_LEVELS.indexOf(before.level) : 0).filter(
    (each) => !level || each === level,
  );

const statesOf = ({ state }: WarningFilter): WarningState[] =>
  state === 'unresolved' ? ['open', 'acknowledged'] : [state];

type Shelf = { level: WarningLevel; state: WarningState };

/** The warnings of one level and state: an index holds each in the order of the list. */
function filterOf({ forIds, accountId, kind, before }: WarningFilter, shelf: Shelf): QueryFilter<Warning> {
  const isBegun = before?.level === shelf.level;
  return {
    ...(forIds ? { forIds: { $in: [...forIds] } } : {}),
    ...(accountId ? { accountId } : {}),
    ...(kind ? { kind } : {}),
    ...shelf,
    ...(isBegun ? { raisedAt: { $lte: before.raisedAt }, $or: behind(before) } : {}),
  };
}

const behind = ({ raisedAt, id }: WarningPlace): QueryFilter<Warning>[] => [
  { raisedAt: { $lt: raisedAt } },
  { raisedAt, _id: { $lt: id } },
];

const byTime = (a: Warning, b: Warning) => +b.raisedAt - +a.raisedAt || (a._id < b._id ? 1 : -1);

const reads = (model: WarningModel) => ({
  find: (id: string) => model.findById(id).lean<Warning>().exec(),
  /** What stands on these accounts, and what was raised since then. */
  ofAccounts: (accountIds: readonly string[], since: Date) =>
    model
      .find({ accountId: { $in: [...accountIds] }, $or: [unresolved, { raisedAt: { $gte: since } }] })
      .lean<Warning[]>()
      .exec(),
  /** The gravest first, of one level the latest. */
  async list(filter: WarningFilter, limit: number): Promise<Warning[]> {
    const found: Warning[] = [];
    for (const level of levelsOf(filter)) {
      const left = limit - found.length;
      if (left <= 0) return found;
      const shelves = statesOf(filter).map((state) =>
        model
          .find(filterOf(filter, { level, state }))
          .sort({ raisedAt: -1, _id: -1 })
          .limit(left)
          .lean<Warning[]>()
          .exec(),
      );
      const rows = (await Promise.all(shelves)).flat().sort(byTime);
      found.push(...rows.slice(0, left));
    }
    return found;
  },
});

/** One of a kind and subject a day, whoever raises it; the id tells nothing about either. */
const idOf = (finding: Finding, at: Date) =>
  createHash('sha256')
    .update(`${warningKey(finding)}:${at.toISOString().slice(0, 10)}`)
    .digest('hex')
    .slice(0, 24);

const factsOf = ({ text: words, inputs, boundary, contactId }: Finding, at: Date) => ({
  text: words,
  inputs,
  boundary,
  contactId,
  seenAt: at,
});

/** What becomes of standing warnings; see domain/warning/plan.ts. */
export type WarningChange =
  | { id: string; to: 'open' | 'same'; finding: Finding; level: WarningLevel }
  | { id: string; to: 'resolved' }
  | { id: string; to: 'moved'; forIds: string[] };

function changeOf(change: WarningChange, at: Date) {
  if (change.to === 'resolved') return { state: change.to, resolvedAt: at, untold: [] };
  if (change.to === 'moved') return { forIds: change.forIds };
  const back = change.to === 'open' ? { state: 'open' as const, resolvedAt: null } : {};
  return { ...factsOf(change.finding, at), level: change.level, ...back };
}

const writes = (model: WarningModel) => ({
  /** Raises what is new, and gives that with its ids. One that was raised today already stays as it is. */
  async raise(warnings: readonly NewWarning[], at: Date): Promise<(NewWarning & { id: string })[]> {
    if (warnings.length === 0) return [];
    const inserts = warnings.map(({ finding, ...fields }) => {
      const { kind, subject } = finding;
      const first = { kind, subject, ...factsOf(finding, at), ...fields, raisedAt: at, ...FIRST };
      return {
        updateOne: { filter: { _id: idOf(finding, at) }, update: { $setOnInsert: first }, upsert: true },
      };
    });
    const { upsertedIds } = await model.bulkWrite(inserts, { ordered: false });
    return warnings.flatMap((warning, index) => {
      const id: unknown = upsertedIds[index];
      return id === undefined ? [] : [{ ...warning, id: String(id) }];
    });
  },
  async change(changes: readonly WarningChange[], at: Date): Promise<void> {
    if (changes.length === 0) return;
    const updates = changes.map((change) => ({
      updateOne: { filter: { _id: change.id }, update: { $set: changeOf(change, at) } },
    }));
    await model.bulkWrite(updates, { ordered: true });
  },
  /** What somebody does about it; `false` when it is resolved already. */
  async settle(id: string, fields: Partial<Warning>): Promise<boolean> {
    const { matchedCount } = await model.updateOne({ _id: id, ...unresolved }, { $set: fields });
    return matchedCount === 1;
  },
});

const FIRST = {
  state: 'open' as const,
  acknowledgedAt: null,
  acknowledgedBy: null,
  resolvedAt: null,
  resolvedBy: null,
  note: '',
};

const telling = (model: WarningModel) => ({
  /** Members who have yet to be told of something. */
  untoldStaff: (): Promise<string[]> => model.distinct('untold', unresolved).exec(),
  /** Members who have yet to be told of one of these. */
  untoldAmong: (ids: readonly string[]): Promise<string[]> =>
    model.distinct('untold', { _id: { $in: [...ids] }, ...unresolved }).exec(),
  /** What a member has yet to be told of, the latest first; of these only when named. */
  untoldOf: (staffId: string, ids?: readonly string[]) =>
    model
      .find({ untold: staffId, ...unresolved, ...(ids ? { _id: { $in: [...ids] } } : {}) })
      .sort({ raisedAt: -1, _id: -1 })
      .limit(1000)
      .lean<Warning[]>()
      .exec(),
  /** Keeps that a member was told of these. */
  async markTold(staffId: string, ids: readonly string[]): Promise<void> {
    await model.updateMany({ _id: { $in: [...ids] } }, { $pull: { untold: staffId } });
  },
});
