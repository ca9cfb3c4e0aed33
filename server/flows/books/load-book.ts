import type { Context } from '../../context.ts';
import { afterAnswer, afterFollowUp, nextDue, type TouchMarks } from '../../domain/cadence.ts';
import type { Channel } from '../../domain/follow-up.ts';
import type { Kdm } from '../../domain/kdm.ts';
import { invitationId, npsGroup } from '../../domain/nps.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<
  Context,
  | 'accounts'
  | 'contacts'
  | 'followUps'
  | 'questions'
  | 'answers'
  | 'campaigns'
  | 'invitations'
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
  for (const each of [...followUps].sort((a, b) => a.at.getTime() - b.at.getTime()))
    await keepFollowUp(context, each);
  const campaignId = await keepCampaign(context, survey);
  for (const each of survey.answers)
    await keepAnswer(context, { ...each, campaignId, programme: survey.programme });
}

async function accountOf({ contacts, accounts }: Needs, externalUserId: string): Promise<Account | null> {
  const contact = await contacts.find(externalUserId);
  return contact?.accountId ? accounts.find(contact.accountId) : null;
}

async function keepFollowUp(context: Needs, { questions, ...followUp }: OldFollowUp): Promise<void> {
  const account = await accountOf(context, followUp.externalUserId);
  if (!account) return;
  const id = `past:${followUp.externalUserId}:${followUp.at.getTime()}`;
  await context.followUps.keep({ _id: id, accountId: account._id, ...followUp });
  const about = { accountId: account._id, externalUserId: followUp.externalUserId, askedAt: followUp.at };
  await context.questions.keepAll(
    questions.map(({ text, isOpen }, index) => ({
      ...about,
      _id: `${id}:${index}`,
      text,
      answeredAt: isOpen ? null : followUp.at,
    })),
  );
  await move(context, account, afterFollowUp(account, followUp));
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

type PlacedAnswer = OldAnswer & { campaignId: string; programme: string };

async function keepAnswer(context: Needs, { programme, ...answer }: PlacedAnswer): Promise<void> {
  const account = await accountOf(context, answer.externalUserId);
  if (!account) return;
  const { campaignId, externalUserId, answeredAt, score } = answer;
  const about = { campaignId, externalUserId, accountId: account._id, staffId: account.ownerId ?? '' };
  const id = invitationId(campaignId, externalUserId);
  const asked = { programme, batchId: `past:${campaignId}`, state: 'sent' as const, askedAt: answeredAt };
  await context.invitations.claim({ _id: id, ...about, ...asked });
  const given = { score, comment: answer.comment, wantsContact: false, answeredAt, changedAt: answeredAt };
  await context.answers.save({ _id: id, ...about, ...given });
  const isDetractor = npsGroup(score) === 'detractor' && (account.lastTouchAt ?? answeredAt) <= answeredAt;
  await move(context, account, afterAnswer(account, { at: answeredAt, isDetractor }));
}

async function move({ accounts, settings, site }: Needs, account: Account, marks: TouchMarks): Promise<void> {
  const place = { timeZone: site.timeZone, ...(await settings.read()) };
  await accounts.update(account._id, {
    ...marks,
    dueOn: nextDue({ ...account, ...marks }, place).dueOn,
  });
}
