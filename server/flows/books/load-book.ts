import type { Context } from '../../context.ts';
import { questionId, type Channel } from '../../domain/follow-ups/follow-up.ts';
import type { Kdm } from '../../domain/contacts/kdm.ts';
import { invitationId } from '../../domain/nps/nps.ts';
import { closureBy, pastPromises } from '../../domain/cadence/past-touches.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<
  Context,
  | 'accounts'
  | 'contacts'
  | 'followUps'
  | 'promises'
  | 'questions'
  | 'answers'
  | 'campaigns'
  | 'invitations'
  | 'touches'
  | 'settings'
  | 'site'
>;

type OldFollowUp = {
  externalUserId: string;
  staffId: string;
  at: Date;
  channel: Channel;
  purpose: string;
  notes: string;
  questions: { text: string; isOpen: boolean }[];
  nextStep: string;
  nextOn: string | null;
};
type OldAnswer = { externalUserId: string; score: number; comment: string; answeredAt: Date };

/** What was known before Genjin, about contacts that are synchronised already: profiles, follow-ups, and one survey. */
export type Past = {
  kdm: { externalUserId: string; kdm: Kdm }[];
  followUps: OldFollowUp[];
  survey: { name: string; programme: string; opensAt: Date; closesAt: Date; answers: OldAnswer[] };
};

/** Loads the past; what belongs to unknown contacts is left out. Repeatable. */
export async function loadBook(context: Needs, { kdm, followUps, survey }: Past): Promise<void> {
  for (const each of kdm) await context.contacts.saveKdm(each.externalUserId, each.kdm);
  const talks = new Map<string, (OldFollowUp & { id: string })[]>();
  for (const each of followUps) await keepFollowUp(context, each, talks);
  for (const [accountId, rows] of talks)
    await context.promises.take(pastPromises(rows).map((row) => ({ ...row, accountId })));
  const campaignId = await keepCampaign(context, survey);
  const answering = new Set<string>();
  for (const each of survey.answers) {
    const account = await accountOf(context, each.externalUserId);
    if (!account) continue;
    const spoken = talks.get(account._id) ?? [];
    await keepAnswer(context, account, { ...each, campaignId, programme: survey.programme, spoken });
    answering.add(account._id);
  }
  const place = { timeZone: context.site.timeZone, ...(await context.settings.read()) };
  for (const accountId of new Set([...talks.keys(), ...answering]))
    await context.touches.refresh(accountId, place);
}

async function accountOf({ contacts, accounts }: Needs, externalUserId: string): Promise<Account | null> {
  const contact = await contacts.find(externalUserId);
  return contact?.accountId ? accounts.find(contact.accountId) : null;
}

async function keepFollowUp(
  context: Needs,
  followUp: OldFollowUp,
  talks: Map<string, (OldFollowUp & { id: string })[]>,
): Promise<void> {
  const account = await accountOf(context, followUp.externalUserId);
  if (!account) return;
  const { questions, ...said } = followUp;
  const id = `past:${followUp.externalUserId}:${followUp.at.getTime()}`;
  await context.followUps.keep({ _id: id, accountId: account._id, ...said, outcome: null, isTouch: true });
  const about = { accountId: account._id, externalUserId: followUp.externalUserId, askedAt: followUp.at };
  await context.questions.keepAll(
    questions.map(({ text, isOpen }, index) => ({
      ...about,
      _id: questionId(id, index),
      text,
      answeredAt: isOpen ? null : followUp.at,
    })),
  );
  talks.set(account._id, [...(talks.get(account._id) ?? []), { ...followUp, id }]);
}

async function keepCampaign(
  { campaigns }: Needs,
  { name, programme, opensAt, closesAt }: Past['survey'],
): Promise<string> {
  const known = await campaigns.findByName(name);
  const _id = `past-${opensAt.getTime().toString(36)}`;
  const campaign = { _id, name, programme, tiers: [], opensAt, closesAt };
  if (!known) await campaigns.create(campaign);
  return known?._id ?? campaign._id;
}

type PlacedAnswer = OldAnswer & { campaignId: string; programme: string; spoken: OldFollowUp[] };

async function keepAnswer(context: Needs, account: Account, answer: PlacedAnswer): Promise<void> {
  const { campaignId, externalUserId, answeredAt, score, comment, programme, spoken } = answer;
  const about = { campaignId, externalUserId, accountId: account._id, staffId: account.ownerId ?? '' };
  const id = invitationId(campaignId, externalUserId);
  const asked = { programme, batchId: `past:${campaignId}`, state: 'sent' as const, askedAt: answeredAt };
  await context.invitations.claim({ _id: id, ...about, ...asked });
  const times = { answeredAt, changedAt: answeredAt, bandAt: answeredAt };
  const given = { respondent: null, isFinished: true, corrections: 0, version: 0 };
  const said = { score, comment, wantsContact: false, closure: closureBy(spoken, { score, answeredAt }) };
  await context.answers.keep({ _id: id, ...about, ...times, ...given, ...said });
}
