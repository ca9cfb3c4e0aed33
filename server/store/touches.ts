import type { Connection } from 'mongoose';
import type { Touches } from '../domain/touch-marks.ts';
import type { Answer } from './answers.ts';
import type { Contact } from './contacts.ts';
import type { FollowUp } from './follow-ups.ts';
import type { Relation } from './relation-model.ts';

export type TouchStore = ReturnType<typeof createTouchStore>;

/** What happened between us and an account, read from several shelves; it writes nothing. */
export function createTouchStore(db: Connection) {
  return {
    /** Everything by which the marks of the account can be made anew. Who was lost by all of us was not added. */
    async ofAccount(accountId: string): Promise<Touches> {
      const [people, followUps, answers] = await Promise.all([
        db.model<Contact>('Contact').find({ accountId }, { _id: 1 }).lean<Pick<Contact, '_id'>[]>(),
        db
          .model<FollowUp>('FollowUp')
          .find({ accountId }, { _id: 0, at: 1, nextOn: 1, isMessage: 1 })
          .lean<Touches['followUps']>(),
        db
          .model<Answer>('Answer')
          .find({ accountId }, { _id: 0, changedAt: 1, score: 1 })
          .lean<Pick<Answer, 'changedAt' | 'score'>[]>(),
      ]);
      return {
        addedAt: await firstAdditions(db, people),
        followUps,
        answers: answers.map(({ changedAt: at, score }) => ({ at, score })),
      };
    },
  };
}

async function firstAdditions(db: Connection, people: readonly Pick<Contact, '_id'>[]): Promise<Date[]> {
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
