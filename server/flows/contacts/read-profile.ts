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
import type { Contact, ContactWithBook } from '../../store/contacts.ts';

type Needs = Pick<
  Context,
  'contacts' | 'followUps' | 'questions' | 'answers' | 'staff' | 'settings' | 'now' | 'site'
>;
type Names = (staffId: string) => string;

const LAST_FOLLOW_UPS = 5;

/** Everything that the sidebar shows of one contact. */
export async function readProfile(
  context: Needs,
  caller: { staffId: string; name: string },
  { contact, account, followers }: ContactWithBook & { account: Account }, // see `open-contact`
) {
  const externalUserId = contact._id;
  const active = followers.filter(({ lostAt }) => !lostAt);
  const [people, settings, history] = await Promise.all([
    context.contacts.ofAccount(account._id),
    context.settings.recent(),
    readHistory(context, account._id, externalUserId),
  ]);
  const named = [account.ownerId, ...active.map(staffOf), ...history.followUps.map(staffOf)];
  const nameOf = await namesFor(context, caller, named);
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

const staffOf = ({ staffId }: { staffId: string }) => staffId;

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
  const [questions, followUps, answers] = await Promise.all([
    context.questions.openOf(accountId),
    context.followUps.latestOf(accountId, LAST_FOLLOW_UPS),
    context.answers.latestFor(externalUserId, accountId),
  ]);
  return { questions, followUps, answers };
}

type History = Awaited<ReturnType<typeof readHistory>>;

function historyView({ questions, followUps, answers }: History, people: readonly Contact[], nameOf: Names) {
  const contactName = (id: string | null) => people.find(({ _id }) => _id === id)?.name ?? null;
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
      latest: answers.own
        ? {
            score: answers.own.score,
            comment: answers.own.comment,
            answeredAt: answers.own.answeredAt.toISOString(),
          }
        : null,
      account: npsFigure(npsCounts(answers.all.map(({ score }) => score)), null),
    },
  };
}
