import type { Context } from '../../context.ts';
import { calendarDay, type Day } from '../../domain/calendar.ts';
import { contactName } from '../../domain/contacts/contact-name.ts';
import { npsCounts, npsFigure } from '../../domain/nps/nps.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { digestCard, type DigestFacts } from '../../domain/texts.ts';

type Needs = Pick<
  Context,
  | 'ledger'
  | 'wecom'
  | 'site'
  | 'now'
  | 'accounts'
  | 'due'
  | 'contacts'
  | 'followUps'
  | 'relations'
  | 'history'
  | 'answers'
  | 'campaigns'
  | 'invitations'
  | 'tasks'
>;

/**
 * Sends a manager what the team did since their last digest, at most once a day. Who asks for it by hand gets another one on the
 * same day, of what came since.
 *
 * @returns `false` when there is nothing to tell, or it was told today.
 * @throws {WecomError | WecomUnreachable} after the ledger has kept the reason.
 */
export async function sendDigest(
  context: Needs,
  { staffId, teamIds }: Caller,
  { byHand }: { byHand: boolean },
): Promise<boolean> {
  const { ledger, wecom, site } = context;
  const at = context.now(); // before the facts are read: what comes meanwhile is told next time, not never
  const today = calendarDay(at, site.timeZone);
  const right = { purpose: 'digest', key: staffId, day: today };
  const since = sinceOf(await ledger.lastSentAt(right), at);
  const card = digestCard(await readFacts(context, teamIds, { today, since }));
  if (!card) return false;
  const message = { ...card, url: `${site.publicUrl}${DIGEST_LIST}`, buttonText: '查看名单' };
  const isTold = byHand && (await ledger.taken([right])).length > 0;
  return ledger.once(isTold ? { ...right, day: at.toISOString() } : right, at, () =>
    wecom.messages.sendCard(staffId, message),
  );
}

/** The list of what the digest counts as due: the accounts of the team, late ones, too. */
const DIGEST_LIST = '/console/#accounts?due=due&whose=team';

const DAY_MS = 86_400_000;
/** Longer than any run of holidays. */
const LONGEST_MS = 31 * DAY_MS;

/** What happened after the last digest is told, whatever hour, weekend or holiday it was; the first one tells of a day. */
const sinceOf = (lastAt: Date | null, at: Date): Date =>
  lastAt ? new Date(Math.max(lastAt.getTime(), at.getTime() - LONGEST_MS)) : new Date(at.getTime() - DAY_MS);

async function readFacts(
  context: Needs,
  teamIds: readonly string[],
  { today, since }: { today: Day; since: Date },
): Promise<DigestFacts> {
  const { accounts, followUps, relations } = context;
  const [done, due, overdue, asking, newContacts, answers, pool, changes, nps] = await Promise.all([
    followUps.countSince(teamIds, since),
    context.due.count(teamIds, { $lte: today }),
    context.due.count(teamIds, { $lt: today }),
    context.tasks.countOpenOf({ staffIds: teamIds, cover: null }),
    relations.countFollowedSince(teamIds, since),
    readAnswers(context, teamIds, since),
    accounts.countPool(),
    readChanges(context, teamIds, since),
    readNps(context, teamIds),
  ]);
  return { today, done, due, overdue, asking, newContacts, answers, pool, changes, nps };
}

async function readChanges(
  { history, accounts }: Needs,
  teamIds: readonly string[],
  since: Date,
): Promise<DigestFacts['changes']> {
  const changes = await history.since(teamIds, since);
  const names = new Map(
    (await accounts.findMany(changes.map(({ accountId }) => accountId))).map(({ _id, name }) => [_id, name]),
  );
  return changes.flatMap(({ accountId, kind, from, to }) =>
    kind === 'tier' || kind === 'stage' ? [{ name: names.get(accountId) ?? '', kind, from, to }] : [],
  );
}

async function readNps(
  { campaigns, answers, invitations }: Needs,
  teamIds: readonly string[],
): Promise<DigestFacts['nps']> {
  const campaign = await campaigns.latest();
  if (!campaign) return null;
  const asked = await invitations.countAsked(campaign._id, teamIds);
  const scores = (await answers.ofCampaign(campaign._id, teamIds)).map(({ score }) => score);
  // Who answered got it, also where WeCom has yet to tell so.
  const delivered = Math.max(asked.delivered, scores.length);
  const figure = npsFigure(npsCounts(scores), delivered || null);
  return { ...figure, campaign: campaign.name, sent: asked.sent, delivered };
}

async function readAnswers(
  context: Needs,
  teamIds: readonly string[],
  since: Date,
): Promise<DigestFacts['answers']> {
  const answers = await context.answers.since(teamIds, since);
  const accounts = await context.accounts.findMany(answers.map(({ accountId }) => accountId));
  const contacts = await context.contacts.findMany(answers.map(({ externalUserId }) => externalUserId));
  const followers = await context.relations.followersOf(contacts.map(({ _id }) => _id));
  return answers.map(({ accountId, externalUserId, score, comment }) => {
    const account = accounts.find(({ _id }) => _id === accountId);
    const contact = contacts.find(({ _id }) => _id === externalUserId);
    const called = contact && contactName(contact, followers, [account?.ownerId ?? null]);
    return { account: account?.name ?? '', contact: called?.name ?? '', score, comment };
  });
}
