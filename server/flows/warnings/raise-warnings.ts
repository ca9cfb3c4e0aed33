import type { Context } from '../../context.ts';
import { spellingIn } from '../../domain/system/user-id.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { deciders, successorOf } from '../../domain/staff/successor.ts';
import { factsSince, type Finding, type Watch, type WarningFacts } from '../../domain/warnings/facts.ts';
import { findWarnings } from '../../domain/warnings/find-warnings.ts';
import { WARNING_KINDS, type WarningKind } from '../../domain/warnings/kinds.ts';
import { planWarnings } from '../../domain/warnings/plan.ts';
import { seenShare } from '../../domain/warnings/rules-value.ts';
import { ruleOf } from '../../domain/warnings/settings.ts';
import { typicalStaysOf } from '../../domain/warnings/stays.ts';
import { warningNews, type Announcement } from '../../domain/system/webhook.ts';
import type { Account } from '../../store/account-model.ts';
import type { Department } from '../../store/departments.ts';
import type { Staff } from '../../store/staff.ts';
import type { Warning } from '../../store/warning-model.ts';
import type { NewWarning, WarningChange } from '../../store/warnings.ts';

type Needs = Pick<
  Context,
  | 'accounts'
  | 'announcements'
  | 'departments'
  | 'pool'
  | 'settings'
  | 'site'
  | 'staff'
  | 'warnings'
  | 'warningFacts'
  | 'now'
>;

/** What a watch did; `raisedIds` are of warnings. */
export type WarningWatch = { seen: number; raisedIds: string[]; resolved: number };

const BATCH = 200;
const LONGEST_WINDOW_DAYS = 365;

/**
 * Watches over accounts: raises what is new, brings up to date what stands, resolves what no longer holds; of these kinds
 * only when named. Nobody is told here. Repeatable.
 */
export async function raiseWarnings(
  context: Needs,
  accounts: AsyncIterable<Account> | Iterable<Account>,
  kinds: readonly WarningKind[] = WARNING_KINDS,
): Promise<WarningWatch> {
  const round = { ...(await beginRound(context, kinds)), kinds };
  const watched: WarningWatch = { seen: 0, raisedIds: [], resolved: 0 };
  const batch: Account[] = [];
  for await (const account of accounts) {
    watched.seen += 1;
    batch.push(account);
    if (batch.length >= BATCH) await watchBatch(context, round, { batch: batch.splice(0), watched });
  }
  await watchBatch(context, round, { batch, watched });
  return watched;
}

type Round = {
  watch: Watch;
  kinds: readonly WarningKind[];
  people: Staff[];
  tree: Department[];
  loads: ReadonlyMap<string, number>;
  adminIds: readonly string[];
};

async function beginRound(context: Needs, kinds: readonly WarningKind[]): Promise<Omit<Round, 'kinds'>> {
  const { site, now } = context;
  const { cadence, calendar, goLive, kdm, warnings } = await context.settings.read();
  const [people, tree] = [await context.staff.all(), await context.departments.all()];
  const isProposing = kinds.includes('follow_up_high_risk');
  const loads = isProposing ? await context.pool.countOwned(people.map(({ _id }) => _id)) : new Map();
  const watch = {
    now: now(),
    today: calendarDay(now(), site.timeZone),
    timeZone: site.timeZone,
    cadence,
    calendar,
    goLive,
    staleDays: kdm.staleDays,
    settings: warnings,
    typicalStays: kinds.includes('opportunity_stuck')
      ? await typicalStaysOf(context.warningFacts.stageHistories(), site.timeZone)
      : new Map(),
  };
  return { watch, people, tree, loads, adminIds: site.adminIds.map(spellingIn(people)) };
}

type Batch = { batch: Account[]; watched: WarningWatch };

async function watchBatch(context: Needs, round: Round, { batch, watched }: Batch): Promise<void> {
  if (batch.length === 0) return;
  const { watch, kinds } = round;
  const ids = batch.map(({ _id }) => _id);
  const factsOf = await context.warningFacts.factsOf(ids, factsSince(watch));
  const since = new Date(watch.now.getTime() - LONGEST_WINDOW_DAYS * 86_400_000);
  const standing = await context.warnings.ofAccounts(ids, since);
  const writes: Writes = { raise: [], change: [], news: [] };
  for (const account of batch) {
    const ours = standing.filter(({ accountId, kind }) => accountId === account._id && kinds.includes(kind));
    planAccount(writes, round, { account, facts: { ...factsOf(account._id), account }, standing: ours });
  }
  const raised = await context.warnings.raise(writes.raise, watch.now);
  watched.raisedIds.push(...raised.map(({ id }) => id));
  watched.resolved += writes.change.filter(({ to }) => to === 'resolved').length;
  await context.warnings.change(writes.change, watch.now);
  const fresh = raised.map(({ id, accountId, finding: { contactId } }) =>
    warningNews('raised', { id, accountId, contactId }, watch.now),
  );
  await context.announcements.add([...fresh, ...writes.news]);
  await rememberShares(context, batch, watch.today);
}

type Writes = { raise: NewWarning[]; change: WarningChange[]; news: Announcement[] };
type Case = { account: Account; facts: WarningFacts; standing: Warning[] };

function planAccount(writes: Writes, round: Round, { account, facts, standing }: Case): void {
  const { watch, kinds } = round;
  const plan = planWarnings(findWarnings(facts, watch, kinds), standing, watch);
  const forIds = [account.ownerId, account.deputyId].flatMap((id) => (id ? [id] : []));
  const levelOf = ({ kind }: Finding) => ruleOf(watch.settings, kind).level;
  writes.raise.push(
    ...plan.raise.map((finding) => ({
      finding,
      accountId: account._id,
      forIds,
      level: levelOf(finding),
      heirId: finding.kind === 'follow_up_high_risk' ? heirFor(round, account, facts) : null,
      untold: listenersOf(round, account, finding),
    })),
  );
  const tell = (what: 'raised' | 'resolved') => (id: string) => {
    const contactId = standing.find(({ _id }) => _id === id)?.contactId ?? null;
    return warningNews(what, { id, accountId: account._id, contactId }, watch.now);
  };
  writes.news.push(
    ...plan.reopen.map(({ id }) => id).map(tell('raised')),
    ...plan.resolve.map(tell('resolved')),
  );
  writes.change.push(
    ...plan.reopen.map((each) => ({ ...each, to: 'open' as const, level: levelOf(each.finding) })),
    ...plan.refresh.map((each) => ({ ...each, to: 'same' as const, level: levelOf(each.finding) })),
    ...plan.resolve.map((id) => ({ id, to: 'resolved' as const })),
    ...standing
      .filter((each) => each.state !== 'resolved' && each.forIds.join() !== forIds.join())
      .map(({ _id: id }) => ({ id, to: 'moved' as const, forIds })),
  );
}

const idOf = ({ _id }: Staff) => _id;

/** Who has yet to be told, by the rule; where nobody leads the owner, or there is none, administrators are told. */
function listenersOf({ adminIds, people, tree, watch }: Round, account: Account, finding: Finding): string[] {
  const owner = people.find(({ _id, isActive }) => _id === account.ownerId && isActive);
  const leaders = owner ? deciders(owner, tree, people) : [];
  const told = {
    owner: owner ? [owner._id] : [],
    manager: leaders.length > 0 ? leaders : [...adminIds],
    admin: [...adminIds],
  };
  const active = new Set(people.filter(({ isActive }) => isActive).map(idOf));
  const ids = ruleOf(watch.settings, finding.kind).tell.flatMap((listener) => told[listener]);
  return [...new Set(ids)].filter((id) => active.has(id) || adminIds.includes(id));
}

/** Who is proposed to take the account over; null: nobody fits. */
function heirFor(
  { people, tree, loads }: Round,
  account: Account,
  { relations }: WarningFacts,
): string | null {
  const leaver = people.find(({ _id }) => _id === account.ownerId);
  if (!leaver) return null;
  const followers = relations.flatMap(({ staffId, lostAt, followedAt }) =>
    lostAt ? [] : [{ staffId, touchedAt: followedAt }],
  );
  const { deputyId } = account;
  return successorOf({ leaver, deputyId, followers, people, departments: tree, loads }).heirId;
}

async function rememberShares({ accounts }: Needs, batch: readonly Account[], today: string): Promise<void> {
  const updates = batch.flatMap(({ _id: accountId, shareSeen, sharePercent }) => {
    const seen = seenShare(shareSeen, sharePercent, today);
    return seen && seen !== shareSeen ? [{ accountId, fields: { shareSeen: seen } }] : [];
  });
  await accounts.updateMany(updates);
}
