import type { Context } from '../../context.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { ASKS_PER_STAFF_AND_DAY, invitationId, QUIET_DAYS } from '../../domain/nps/nps.ts';
import { surveyAsk, surveyLink } from '../../domain/texts.ts';
import { reasonOf, traitsOf } from '../../errors.ts';
import type { Campaign } from '../../store/campaigns.ts';
import { WecomError } from '../../wecom/client/error.ts';

type Needs = Pick<
  Context,
  'accounts' | 'contacts' | 'relations' | 'invitations' | 'ledger' | 'wecom' | 'site' | 'now'
>;
type Asking = { campaign: Campaign; staffId: string };

const DAY_MS = 86_400_000;
/** Nobody can get the message: those contacts are not asked again in this campaign. */
const NOBODY = 41048;

/**
 * Proposes a campaign's question to the contacts whom one member follows and whose quiet time is over: one mass message per
 * member and day, which the member confirms in WeCom. Each contact is claimed first, so nobody is asked twice.
 *
 * @returns how many contacts were put into the message.
 * @throws {WecomError | WecomUnreachable} after the ledger has kept the reason.
 */
export async function askNps(context: Needs, asking: Asking): Promise<number> {
  const now = context.now();
  const day = calendarDay(now, context.site.timeZone);
  const key = `${asking.campaign._id}.${asking.staffId}`;
  const chosen = await chooseContacts(context, asking, now);
  if (chosen.length === 0) return 0;
  const batchId = await context.ledger.claim({ purpose: 'nps', key, day }, now);
  if (!batchId) return 0;
  const claimed = await claimAll(context, { ...asking, batchId, chosen, now });
  if (claimed.length === 0) {
    await context.ledger.settle(batchId, 'failed', { reason: 'nobody left to ask' });
    return 0;
  }
  return propose(context, { ...asking, batchId, claimed });
}

type Chosen = { externalUserId: string; accountId: string };

async function chooseContacts(context: Needs, { campaign, staffId }: Asking, now: Date): Promise<Chosen[]> {
  const chosen: Chosen[] = [];
  for await (const { externalUserId } of context.relations.activeOf(staffId)) {
    const accountId = await accountToAsk(context, { campaign, externalUserId }, now);
    if (accountId) chosen.push({ externalUserId, accountId });
    if (chosen.length >= ASKS_PER_STAFF_AND_DAY) break;
  }
  return chosen;
}

/** The contact's account when the audience holds it and both quiet clocks have run out. Source: domain.md §11. */
async function accountToAsk(
  context: Needs,
  { campaign, externalUserId }: { campaign: Campaign; externalUserId: string },
  now: Date,
) {
  const contact = await context.contacts.find(externalUserId);
  const account = contact?.accountId ? await context.accounts.find(contact.accountId) : null;
  if (!account) return null;
  if (campaign.tiers.length > 0 && !campaign.tiers.includes(account.tier)) return null;
  return (await mustRest(context, { campaign, externalUserId }, now)) ? null : account._id;
}

/** Who has an invitation to this campaign rests, also one that could not be sent: else those would be chosen for ever. */
async function mustRest(
  { invitations }: Needs,
  { campaign, externalUserId }: { campaign: Campaign; externalUserId: string },
  now: Date,
): Promise<boolean> {
  if (await invitations.find(invitationId(campaign._id, externalUserId))) return true;
  const asked = await invitations.lastAsked(externalUserId, campaign.programme);
  const isQuiet = (last: Date | null, days: number) =>
    Boolean(last && now.getTime() - last.getTime() < days * DAY_MS);
  return (
    isQuiet(asked.byProgramme, QUIET_DAYS.sameProgramme) || isQuiet(asked.byAny, QUIET_DAYS.anyProgramme)
  );
}

async function claimAll(
  { invitations }: Needs,
  { campaign, staffId, batchId, chosen, now }: Asking & { batchId: string; chosen: Chosen[]; now: Date },
): Promise<string[]> {
  const claimed: string[] = [];
  for (const { externalUserId, accountId } of chosen) {
    const isOurs = await invitations.claim({
      _id: invitationId(campaign._id, externalUserId),
      campaignId: campaign._id,
      programme: campaign.programme,
      externalUserId,
      accountId,
      staffId,
      batchId,
      state: 'claimed',
      askedAt: now,
    });
    if (isOurs) claimed.push(externalUserId);
  }
  return claimed;
}

async function propose(
  context: Needs,
  { campaign, staffId, batchId, claimed }: Asking & { batchId: string; claimed: string[] },
) {
  const { invitations, ledger, wecom, site } = context;
  const url = `${site.publicUrl}/s/c/${campaign._id}?b=${encodeURIComponent(batchId)}`;
  try {
    const message = { staffId, externalUserIds: claimed, text: surveyAsk(), link: surveyLink(url) };
    const { msgid, refused } = await wecom.messages.propose(message);
    await ledger.settle(batchId, 'sent', { msgid });
    await invitations.settle(batchId, 'proposed');
    if (refused.length > 0) await invitations.settle(batchId, 'unsendable', refused);
    return claimed.length - refused.length;
  } catch (error) {
    await keepFailure(context, batchId, error);
    throw error;
  }
}

/** A certain refusal gives the rights back; an unsure one leaves the claim for `collect-results` to clear up. */
async function keepFailure({ invitations, ledger }: Needs, batchId: string, error: unknown): Promise<void> {
  if (error instanceof WecomError && error.errcode === NOBODY)
    await invitations.settle(batchId, 'unsendable');
  else if (traitsOf(error).isUnsent) await invitations.release(batchId);
  else return;
  await ledger.settle(batchId, 'failed', { reason: reasonOf(error) });
}
