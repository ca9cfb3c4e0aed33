import type { Context } from '../../context.ts';
import {
  chainGaps,
  EMPTY_KDM,
  kdmCompleteness,
  kdmFreshness,
  kdmGaps,
  type Freshness,
} from '../../domain/kdm.ts';
import { npsCounts, npsFigure } from '../../domain/nps.ts';
import { cadenceReport } from '../../domain/view.ts';
import type { Account } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';
import type { Relation } from '../../store/relation-model.ts';

type Needs = Pick<
  Context,
  'contacts' | 'followUps' | 'questions' | 'answers' | 'staff' | 'settings' | 'now' | 'site'
>;
type Names = (staffId: string) => string;

const LAST_FOLLOW_UPS = 5;

/** What was opened for the caller; see `open-contact`. */
type Opened = { contact: Contact; account: Account; followers: Relation[] };

/** Everything that the sidebar shows of one contact. */
export async function readProfile(context: Needs, { contact, account, followers }: Opened) {
  const externalUserId = contact._id;
  const active = followers.filter(({ lostAt }) => !lostAt);
  const present = active.map(({ staffId }) => staffId);
  const [people, settings, history, names] = await Promise.all([
    context.contacts.ofAccount(account._id),
    context.settings.recent(),
    readHistory(context, account._id, externalUserId),
    context.staff.namesOf(account.ownerId ? [account.ownerId, ...present] : present),
  ]);
  const others = history.followUps.flatMap(({ staffId }) => (names.has(staffId) ? [] : [staffId]));
  const more = others.length > 0 ? await context.staff.namesOf(others) : names;
  const nameOf: Names = (staffId) => names.get(staffId) ?? more.get(staffId) ?? staffId;
  const place = { timeZone: context.site.timeZone, ...settings };
  const clock = { now: context.now(), timeZone: place.timeZone };
  return {
    contact: {
      externalUserId,
      name: contact.name,
      followers: active.map(({ staffId }) => ({ staffId, name: nameOf(staffId) })),
      isLost: active.length === 0,
    },
    account: accountView(account, people, nameOf),
    kdm: kdmView(contact, people, kdmFreshness(contact.kdm, clock, place.kdm)),
    cadence: cadenceReport(account, context.now(), place),
    ...historyView(history, people, nameOf),
  };
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

async function readHistory(context: Needs, accountId: string, externalUserId: string) {
  const [questions, followUps, latest, answers] = await Promise.all([
    context.questions.openOf(accountId),
    context.followUps.latestOf(accountId, LAST_FOLLOW_UPS),
    context.answers.latestOfContact(externalUserId),
    context.answers.latestOfAccount(accountId),
  ]);
  return { questions, followUps, latest, answers };
}

type History = Awaited<ReturnType<typeof readHistory>>;

function historyView(
  { questions, followUps, latest, answers }: History,
  people: readonly Contact[],
  nameOf: Names,
) {
  const contactName = (id: string) => people.find(({ _id }) => _id === id)?.name ?? null;
  return {
    questions: questions.map((question) => ({
      id: question._id,
      text: question.text,
      askedAt: question.askedAt.toISOString(),
      contactName: contactName(question.externalUserId),
    })),
    followUps: followUps.map(
      ({ _id: id, at, staffId, channel, purpose, notes, nextStep, nextOn, ...rest }) => ({
        id,
        at: at.toISOString(),
        staffName: nameOf(staffId),
        contactName: contactName(rest.externalUserId),
        channel,
        level: rest.level ?? null,
        participants: rest.participants ?? [],
        purpose,
        notes,
        promises: rest.promises ?? '',
        nextStep,
        nextOn,
        isMessage: rest.isMessage === true,
      }),
    ),
    nps: {
      latest: latest && {
        score: latest.score,
        comment: latest.comment,
        answeredAt: latest.answeredAt.toISOString(),
      },
      account: npsFigure(npsCounts(answers.map(({ score }) => score)), null),
    },
  };
}
