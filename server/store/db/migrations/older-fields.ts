import type { Connection } from 'mongoose';
import { calendarDay, type Day } from '../../../domain/calendar.ts';
import { fillAbsent, inBatches, setEach, type Place, type Row } from './migration.ts';

type Waiting = Row & { pendingTier: { since: Day; runs?: number; seenOn?: Day } };

/** A change of tier that waited for a second run was seen once, on the day since when it waits. */
export async function countPendingRuns(db: Connection): Promise<void> {
  const accounts = db.collection<Row>('accounts');
  const waiting = { 'pendingTier.since': { $exists: true } };
  const lacking = [{ 'pendingTier.runs': { $exists: false } }, { 'pendingTier.seenOn': { $exists: false } }];
  const filter = { ...waiting, $or: lacking };
  for await (const rows of inBatches<Waiting>(accounts, { filter, fields: ['pendingTier'] }))
    await setEach(accounts, rows, ({ pendingTier: { since, runs = 1, seenOn = since } }) => ({
      'pendingTier.runs': runs,
      'pendingTier.seenOn': seenOn,
    }));
}

/** An answer is in its group since it was last changed, and nobody is bound to one that tells of nobody. */
export async function completeAnswers(db: Connection): Promise<void> {
  const answers = db.collection<Row>('answers');
  await fillAbsent(answers, { respondent: null, isFinished: true, corrections: 0, version: 0 });
  const given = { filter: { bandAt: null }, fields: ['changedAt'] };
  for await (const rows of inBatches<Row & { changedAt: Date }>(answers, given))
    await setEach(answers, rows, ({ changedAt }) => ({ bandAt: changedAt }));
}

/** Follow-ups were all touches before their outcome was asked for. */
export const completeFollowUps = (db: Connection): Promise<void> =>
  fillAbsent(db.collection<Row>('followups'), { outcome: null, isTouch: true });

/** The corp's day of a merge is that of its moment. */
export async function dateMerges(db: Connection, { timeZone }: Place): Promise<void> {
  const merges = db.collection<Row>('merges');
  for await (const rows of inBatches<Row & { at: Date }>(merges, { filter: { on: null }, fields: ['at'] }))
    await setEach(merges, rows, ({ at }) => ({ on: calendarDay(at, timeZone) }));
}

/** Contacts have a legal name of their company, empty until WeCom tells it. */
export const completeContacts = (db: Connection): Promise<void> =>
  fillAbsent(db.collection<Row>('contacts'), { corpFullName: '' });

/** Relations once had versions, which nothing asks for. */
export async function dropRelationVersions(db: Connection): Promise<void> {
  const relations = db.collection<Row>('relations');
  for await (const rows of inBatches(relations, { filter: { __v: { $exists: true } }, fields: [] }))
    await relations.updateMany({ _id: { $in: rows.map(({ _id }) => _id) } }, { $unset: { __v: 1 } });
}
