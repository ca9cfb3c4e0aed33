import type { Connection, PipelineStage } from 'mongoose';
import type { Answer } from './answers.ts';
import type { Contact } from './contacts.ts';
import type { FollowUp } from './follow-ups.ts';
import type { PromiseRow } from './promises.ts';
import type { Question } from './questions.ts';
import type { Relation } from './relation-model.ts';

/** What a contact's account and we had to do with each other, and who else is there. */
export type ContactHistory = {
  people: RemarkedContact[]; // of the account
  promises: PromiseRow[]; // those that stand, the earliest first
  questions: Question[]; // open ones, the oldest first, at most 50
  followUps: FollowUp[]; // the latest first
  answers: Answer[]; // the latest of each person of the account
  ownAnswer: Answer | null; // the contact's latest, whatever account they were with
};

/** A person with what members call them; who stopped following counts, too. */
export type RemarkedContact = Contact & {
  relations: Pick<Relation, 'staffId' | 'externalUserId' | 'remark'>[];
};

type Row = Omit<ContactHistory, 'ownAnswer'> & { own: Answer[] };
const NOTHING: Row = { people: [], promises: [], questions: [], followUps: [], answers: [], own: [] };

type Stages = NonNullable<PipelineStage.Lookup['$lookup']['pipeline']>;
type Join = { from: string; as: keyof Row; stages: Stages };

/** What another shelf has of the account. */
const ofAccount = ({ from, as, stages }: Join): PipelineStage => ({
  $lookup: { from, localField: 'accountId', foreignField: 'accountId', pipeline: stages, as },
});

const OPEN_QUESTIONS: Stages = [
  { $match: { answeredAt: null } },
  { $sort: { askedAt: 1, _id: 1 } },
  { $limit: 50 },
];

const WITH_REMARKS: Stages = [
  { $sort: { _id: 1 } },
  {
    $lookup: {
      from: 'relations',
      localField: '_id',
      foreignField: 'externalUserId',
      pipeline: [{ $project: { staffId: 1, externalUserId: 1, remark: 1 } }],
      as: 'relations',
    },
  },
];

const STANDING_PROMISES: Stages = [
  { $match: { state: 'open' } },
  { $sort: { day: 1, _id: 1 } },
  { $limit: 50 },
];

/** One reading of six shelves: it is asked for whenever somebody opens a chat. */
export function createContactHistoryStore(db: Connection) {
  const shelf = db.collection<Contact>('contacts');
  return {
    /** With at most so many follow-ups; all is empty for a stranger, and for who has no account yet. */
    async read(externalUserId: string, followUps: number): Promise<ContactHistory> {
      const latest: Stages = [{ $sort: { at: -1, _id: 1 } }, { $limit: followUps }];
      const pipeline = [
        { $match: { _id: externalUserId, accountId: { $ne: null } } },
        { $project: { accountId: 1 } },
        ofAccount({ from: 'contacts', as: 'people', stages: WITH_REMARKS }),
        ofAccount({ from: 'promises', as: 'promises', stages: STANDING_PROMISES }),
        ofAccount({ from: 'questions', as: 'questions', stages: OPEN_QUESTIONS }),
        ofAccount({ from: 'followups', as: 'followUps', stages: latest }),
        ofAccount({ from: 'answers', as: 'answers', stages: [{ $sort: { answeredAt: 1 } }] }),
        {
          $lookup: {
            from: 'answers',
            localField: '_id',
            foreignField: 'externalUserId',
            pipeline: [{ $sort: { answeredAt: -1 } }, { $limit: 1 }],
            as: 'own',
          },
        },
      ];
      const [row = NOTHING] = await shelf.aggregate<Row>(pipeline).toArray();
      const { people, promises, questions, answers, own } = row;
      const latestOfEach = new Map(answers.map((answer) => [answer.externalUserId, answer]));
      return {
        people,
        promises,
        questions,
        followUps: row.followUps,
        answers: [...latestOfEach.values()],
        ownAnswer: own[0] ?? null,
      };
    },
  };
}
