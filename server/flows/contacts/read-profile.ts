import type { Context } from '../../context.ts';
import {
  chainGaps,
  EMPTY_KDM,
  kdmCompleteness,
  kdmFreshness,
  kdmGaps,
  type Freshness,
} from '../../domain/contacts/kdm.ts';
import { contactName } from '../../domain/contacts/contact-name.ts';
import { npsCounts, npsFigure } from '../../domain/nps/nps.ts';
import { byHandOf } from '../../domain/classification/override.ts';
import { calendarDay, type Day } from '../../domain/calendar.ts';
import {
  detractorViews,
  promiseView,
  questionView,
  talkView,
  type TalkNames,
} from '../../domain/follow-ups/talk-view.ts';
import { cadenceReport } from '../../domain/cadence/view.ts';
import type { Account } from '../../store/account-model.ts';
import type { ContactHistory } from '../../store/contact-history.ts';
import type { Contact } from '../../store/contacts.ts';
import type { LoadedContact } from './load-contact.ts';

type Needs = Pick<Context, 'contactHistory' | 'staff' | 'settings' | 'now' | 'site'>;
type Names = (staffId: string) => string;

const LAST_FOLLOW_UPS = 5;

/** Everything that the sidebar shows of one contact that was opened for the caller. */
export async function readProfile(
  context: Needs,
  caller: { staffId: string; name: string },
  { contact, account, followers }: LoadedContact,
) {
  const { _id: externalUserId } = contact;
  const [history, settings] = await Promise.all([
    context.contactHistory.read(externalUserId, LAST_FOLLOW_UPS),
    context.settings.recent(),
  ]);
  const viewers = [caller.staffId, account.ownerId];
  const people = history.people.map((each) => ({ ...each, ...contactName(each, each.relations, viewers) }));
  const active = followers.filter(({ lostAt }) => !lostAt);
  const { lastTouchAt } = account;
  const named = [account.ownerId, ...active.map(staffOf), ...namedIn(history)];
  const nameOf = await namesFor(context, caller, named);
  const place = { timeZone: context.site.timeZone, ...settings };
  const clock = { now: context.now(), timeZone: place.timeZone };
  return {
    contact: {
      externalUserId,
      ...contactName(contact, followers, viewers),
      followers: active.map(({ staffId }) => ({ staffId, name: nameOf(staffId) })),
      isLost: active.length === 0,
    },
    account: accountView(account, people, nameOf),
    kdm: kdmView(contact, people, kdmFreshness(contact.kdm, clock, place.kdm)),
    cadence: cadenceReport(account, context.now(), place),
    ...historyView({ ...history, people }, nameOf, {
      by: { staffId: caller.staffId, now: clock.now },
      today: calendarDay(clock.now, clock.timeZone),
      touchedOn: lastTouchAt && calendarDay(lastTouchAt, clock.timeZone),
    }),
  };
}

const staffOf = ({ staffId }: { staffId: string }) => staffId;

/** Members who are named in what happened. */
const namedIn = ({ followUps, promises, ownAnswer }: ContactHistory) => [
  ...followUps.map(staffOf),
  ...promises.map(({ madeBy }) => madeBy),
  ownAnswer?.closure?.by ?? null,
];

/** How these members are called; who asks is known already, and often the only one. */
async function namesFor(
  { staff }: Needs,
  caller: { staffId: string; name: string },
  staffIds: readonly (string | null)[],
): Promise<Names> {
  const others = staffIds.flatMap((id) => (id && id !== caller.staffId ? [id] : []));
  const names = await staff.namesOf(others);
  return (staffId) => (staffId === caller.staffId ? caller.name : (names.get(staffId) ?? staffId));
}

function accountView(account: Account, people: readonly Contact[], nameOf: Names) {
  const { _id: id, name, ownerId, tier, tierWhy, stage, stageWhy, valueClass = 'general' } = account;
  const owner = ownerId ? { staffId: ownerId, name: nameOf(ownerId) } : null;
  const contacts = people.map((each) => ({
    externalUserId: each._id,
    name: each.name,
    title: titleOf(each),
  }));
  return {
    id,
    name,
    owner,
    tier,
    tierWhy,
    stage,
    stageWhy,
    valueClass,
    byHand: byHandOf(account),
    chainGaps: chainGaps(people.map(({ kdm }) => kdm)),
    contacts,
  };
}

const titleOf = ({ kdm, position }: Contact) => kdm.title || position || null;

function kdmView(contact: Contact, people: readonly Contact[], freshness: Freshness) {
  const kdm = { ...EMPTY_KDM, ...contact.kdm, title: titleOf(contact) };
  const superior = people.find(({ _id }) => _id === kdm.superiorId)?.name ?? null;
  return {
    ...kdm,
    isTop: kdm.isTop === true,
    superior,
    methods: (kdm.methods ?? []).map(({ kind, value, verifiedOn }) => ({
      kind,
      value,
      verifiedOn: verifiedOn ?? null,
    })),
    completeness: kdmCompleteness(kdm),
    gaps: kdmGaps(kdm),
    ...freshness,
    version: contact.kdmVersion ?? 0,
  };
}

type Reading = { by: { staffId: string; now: Date }; today: Day; touchedOn: Day | null };

function historyView(history: ContactHistory, nameOf: Names, { by, ...when }: Reading) {
  const { people, promises, questions, followUps, answers } = history;
  const names: TalkNames = {
    staff: nameOf,
    contact: (id) => people.find(({ _id }) => _id === id)?.name ?? null,
  };
  return {
    promises: promises.map((promise) => promiseView(promise, names, when)),
    questions: questions.map((question) => questionView(question, names)),
    followUps: followUps.map((followUp) => talkView(followUp, names, by)),
    nps: {
      latest: latestView(history.ownAnswer, nameOf),
      account: npsFigure(npsCounts(answers.map(({ score }) => score)), null),
      waiting: detractorViews(answers, names),
    },
  };
}

function latestView(answer: ContactHistory['ownAnswer'], nameOf: Names) {
  if (!answer) return null;
  const { score, comment, answeredAt, closure } = answer;
  const closed = closure && {
    staffName: nameOf(closure.by),
    at: closure.at.toISOString(),
    cause: closure.cause,
    action: closure.action,
  };
  return { score, comment, answeredAt: answeredAt.toISOString(), closure: closed ?? null };
}
