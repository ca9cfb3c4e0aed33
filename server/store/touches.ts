import type { Connection } from 'mongoose';
import { nextDue, type CadencePolicy } from '../domain/cadence/cadence.ts';
import { marksFrom, type Touches } from '../domain/cadence/touch-marks.ts';
import { openAccounts, type Account } from './account-model.ts';
import type { Answer } from './answers.ts';
import type { Contact } from './contacts.ts';
import type { FollowUp } from './follow-ups.ts';
import type { PromiseRow } from './promises.ts';
import type { Question } from './questions.ts';
import type { Relation } from './relation-model.ts';

const TRIES = 50;

/** What happened between us and an account, read from several shelves, and the marks that follow from it. */
export function createTouchStore(db: Connection) {
  const accounts = openAccounts(db);
  return {
    /** Everything by which the marks of the account can be made anew. Who was lost by all of us was not added. */
    ofAccount: (accountId: string) => readTouches(db, accountId),
    /**
     * Makes the marks of the account anew, and its next date, after something happened on another shelf. Whoever does it at the
     * same time is not overtaken by older facts. Repeatable.
     *
     * @returns the account as it is now; one that was merged is left alone; null when there is none.
     */
    async refresh(accountId: string, place: CadencePolicy): Promise<Account | null> {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const account = await accounts.findById(accountId).lean<Account>().exec();
        if (!account || account.mergedInto) return account;
        const marks = marksFrom(await readTouches(db, accountId), place.timeZone);
        const fresh = { ...account, ...marks, dueOn: nextDue({ ...account, ...marks }, place).dueOn };
        const update = { $set: { ...marks, dueOn: fresh.dueOn }, $inc: { marksVersion: 1 } };
        const same = { _id: accountId, marksVersion: account.marksVersion ?? null };
        if ((await accounts.updateOne(same, update)).matchedCount === 1) return fresh;
      }
      throw new Error(`account ${accountId} does not keep still`);
    },
  };
}

async function readTouches(db: Connection, accountId: string): Promise<Touches> {
  const shelf = <Row>(name: string) => db.model<Row>(name);
  const touch = { accountId, isTouch: true, takenBackAt: null };
  const [addedAt, lastTouch, promises, oldest, answers] = await Promise.all([
    firstAdditions(db, accountId),
    shelf<FollowUp>('FollowUp').findOne(touch, { _id: 0, at: 1 }).sort({ at: -1 }).lean<{ at: Date }>(),
    shelf<PromiseRow>('Promise')
      .find({ accountId, state: 'open' }, { _id: 0, day: 1 })
      .lean<{ day: string }[]>(),
    shelf<Question>('Question')
      .findOne({ accountId, answeredAt: null }, { _id: 0, askedAt: 1 })
      .sort({ askedAt: 1 })
      .lean<{ askedAt: Date }>(),
    shelf<Answer>('Answer').find({ accountId }).lean<Answer[]>(),
  ]);
  return {
    addedAt,
    touchedAt: lastTouch?.at ?? null,
    promisedOn: promises.map(({ day }) => day),
    askedAt: oldest?.askedAt ?? null,
    answers,
  };
}

async function firstAdditions(db: Connection, accountId: string): Promise<Date[]> {
  const people = await db
    .model<Contact>('Contact')
    .find({ accountId }, { _id: 1 })
    .lean<Pick<Contact, '_id'>[]>();
  const followers = await db
    .model<Relation>('Relation')
    .find(
      { externalUserId: { $in: people.map(({ _id }) => _id) } },
      { externalUserId: 1, followedAt: 1, lostAt: 1 },
    )
    .sort({ followedAt: -1 })
    .lean<Pick<Relation, 'externalUserId' | 'followedAt' | 'lostAt'>[]>();
  const held = followers.filter(({ lostAt }) => !lostAt);
  return [...new Map(held.map(({ externalUserId, followedAt }) => [externalUserId, followedAt])).values()];
}
