import { matchKey } from '../match-key.ts';
import { startOfDay } from '../calendar.ts';
import { nextDue, type CadencePolicy } from '../cadence/cadence.ts';
import { invitationId } from '../nps/nps.ts';
import type { Order } from '../deals/order.ts';
import type { PastAccount, PastContact, PastFollowUp } from './past-account.ts';
import { closureBy, pastPromises } from '../cadence/past-touches.ts';
import { relationId } from '../sync/relation.ts';
import { marksFrom } from '../cadence/touch-marks.ts';

/** What belongs to every account of a book: the survey that the answers answer, and where dates are counted. */
export type BookFrame = { place: CadencePolicy; survey: { campaignId: string; programme: string } };

/** The id under which the account of a book is kept: the same every time. */
export const bookAccountId = (externalId: string) => `book-${externalId}`;

/** One account and everything that hangs on it, as the shelves keep it. The same row gives the same ids. */
export function bookEntryOf(row: PastAccount, frame: BookFrame) {
  const accountId = bookAccountId(row.account.externalId);
  const ownerId = row.account.ownerId;
  return {
    account: accountOf(row, accountId, frame.place),
    contacts: contactsOf(row, accountId),
    relations: row.contacts.flatMap(relationsOf),
    orders: row.orders.map(({ externalId, ...order }) => ({ _id: externalId, accountId, ...fields(order) })),
    opportunities: row.opportunities.map(({ externalId, ...rest }) => ({
      _id: externalId,
      accountId,
      ownerId,
      ...rest,
    })),
    contracts: row.contracts.map(({ externalId, ...rest }) => ({ _id: externalId, accountId, ...rest })),
    ...talksOf(row, accountId),
    ...surveyOf(row, accountId, frame.survey),
  };
}

export type BookEntry = ReturnType<typeof bookEntryOf>;

/** Only what an order is; a row may carry more. */
const fields = ({ product, amountFen, costFen, paidOn, kind }: Omit<Order, 'externalId'>) => ({
  product,
  amountFen,
  costFen,
  paidOn,
  kind,
});

function accountOf(row: PastAccount, _id: string, place: CadencePolicy) {
  const { referredBy, ...known } = row.account;
  const metAt = row.contacts.map(({ createdAt }) => createdAt.getTime());
  const firstPaidOn = row.orders.map(({ paidOn }) => paidOn).sort()[0];
  const paidAt = firstPaidOn ? [startOfDay(firstPaidOn, place.timeZone).getTime()] : [];
  const knownSince = new Date(Math.min(...metAt, ...paidAt));
  const marks = marksOfRow(row, place);
  const { dueOn } = nextDue({ tier: 'unrated', stage: 'suspect', knownSince, ...marks }, place);
  const referredById = referredBy ? bookAccountId(referredBy) : null;
  return { _id, ...known, referredById, nameKey: matchKey(known.name), knownSince, ...marks, dueOn };
}

const earliest = (times: readonly Date[]) => times.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;

/** The marks that everything in the row leaves. */
const marksOfRow = (row: PastAccount, { timeZone }: CadencePolicy) => {
  const { contacts, followUps } = row;
  const asking = followUps.filter(({ questions }) => questions.some(({ isOpen }) => isOpen));
  return marksFrom(
    {
      addedAt: contacts.map(({ createdAt }) => createdAt),
      touchedAt: followUps.map(({ at }) => at).toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null,
      promisedOn: promisesOf(row).flatMap(({ state, day }) => (state === 'open' ? [day] : [])),
      askedAt: earliest(asking.map(({ at }) => at)),
      answers: answersOf(row),
    },
    timeZone,
  );
};

const promisesOf = ({ followUps }: Pick<PastAccount, 'followUps'>) =>
  pastPromises(followUps.map((talk) => ({ ...talk, id: idOf(talk) })));

/** Answers as kept; the loop of a bad mark was closed by who spoke to the customer after it. */
const answersOf = ({ answers, followUps }: PastAccount) =>
  answers.map(({ answeredAt, ...answer }) => ({
    ...answer,
    answeredAt,
    changedAt: answeredAt,
    bandAt: answeredAt,
    closure: closureBy(followUps, { score: answer.score, answeredAt }),
  }));

function contactsOf({ contacts, kdm }: PastAccount, accountId: string) {
  const profiles = new Map(kdm.map((each) => [each.externalUserId, each.kdm]));
  return contacts.map(({ externalUserId: _id, name, type, title, remarkCorpName }) => ({
    _id,
    name,
    type,
    position: type === 2 ? title : '', // only a WeCom user shows it
    corpName: type === 2 ? remarkCorpName : '',
    corpFullName: '',
    accountId,
    isPlaced: true,
    kdm: profiles.get(_id) ?? {},
  }));
}

function relationsOf(contact: PastContact) {
  const { externalUserId, remark, remarkCorpName, addWay, state, createdAt: followedAt } = contact;
  const facts = { externalUserId, remark, remarkCorpName, addWay, state, followedAt, description: '' };
  return contact.staffIds.map((staffId) => ({
    _id: relationId({ staffId, externalUserId }),
    staffId,
    ...facts,
    tagIds: [] as string[],
    lostAt: null,
    lostBy: null,
  }));
}

const idOf = ({ externalUserId, at }: PastFollowUp) => `past:${externalUserId}:${at.getTime()}`;

function talksOf({ followUps }: Pick<PastAccount, 'followUps'>, accountId: string) {
  return {
    followUps: followUps.map((talk) => {
      const { questions: _questions, ...rest } = talk;
      return { _id: idOf(talk), accountId, ...rest, outcome: null, isTouch: true };
    }),
    promises: promisesOf({ followUps }).map((promise) => ({ accountId, ...promise })),
    questions: followUps.flatMap((talk) =>
      talk.questions.map(({ text, isOpen }, index) => ({
        _id: `${idOf(talk)}:${index}`,
        accountId,
        externalUserId: talk.externalUserId,
        text,
        askedAt: talk.at,
        answeredAt: isOpen ? null : talk.at,
      })),
    ),
  };
}

/** What an answer tells of how it was given, which nobody knows of a past one. */
const GIVEN = { respondent: null, isFinished: true, corrections: 0, version: 0 };

function surveyOf(row: PastAccount, accountId: string, survey: BookFrame['survey']) {
  const { campaignId, programme } = survey;
  const { account } = row;
  const given = answersOf(row).map(({ externalUserId, ...answer }) => ({
    ...answer,
    about: { campaignId, externalUserId, accountId, staffId: account.ownerId },
    _id: invitationId(campaignId, externalUserId),
  }));
  const asked = { programme, batchId: `past:${campaignId}`, state: 'sent' as const };
  return {
    invitations: given.map(({ _id, about, answeredAt }) => ({
      _id,
      ...about,
      ...asked,
      askedAt: answeredAt,
    })),
    answers: given.map(({ about, ...answer }) => ({ ...answer, ...about, ...GIVEN, wantsContact: false })),
  };
}
