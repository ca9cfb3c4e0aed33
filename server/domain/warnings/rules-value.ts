import { addDays, addMonths, calendarDay, daysBetween, workingDaysAfter } from '../calendar.ts';
import { lateFrom } from '../cadence/cadence.ts';
import { STAGES } from '../classification/lifecycle.ts';
import { stageName, tierName } from '../texts.ts';
import { TIERS } from '../classification/tier.ts';
import type { Fall, Finding, Watch, WarningFacts } from './facts.ts';

const about = ({ account, relations }: WarningFacts) => ({
  subject: account._id,
  contactId: relations.find(({ lostAt }) => !lostAt)?.externalUserId ?? null,
});

/** How late it is, in working days; what is older than go-live is never late. */
function overdueDays({ account }: WarningFacts, { today, ...place }: Watch): number {
  const from = lateFrom(account, place);
  return from ? workingDaysAfter(from, today, place.calendar) : 0;
}

/**
 * High risk: a follow-up overdue by the last step of the ladder, whatever the tier. In the pool nobody is late, and there is
 * nobody to take it from: the pool has a list of its own. Source: domain.md §6.
 */
export function followUpHighRisk(facts: WarningFacts, watch: Watch): Finding[] {
  const overdueWorkingDays = overdueDays(facts, watch);
  const { highRiskAfterDays } = watch.cadence.escalation;
  if (facts.account.ownerId === null || overdueWorkingDays < highRiskAfterDays) return [];
  return [
    {
      ...about(facts),
      kind: 'follow_up_high_risk',
      text: `跟进已逾期 ${overdueWorkingDays} 个工作日，建议改派`,
      inputs: { dueOn: facts.account.dueOn, overdueWorkingDays, tier: facts.account.tier },
      boundary: { name: 'overdueWorkingDays', value: highRiskAfterDays },
      isFresh: true,
    },
  ];
}

/** Head or waist overdue; at high risk it is told of as such, not twice. In the pool nobody is late. */
export function followUpOverdue(facts: WarningFacts, watch: Watch): Finding[] {
  const { tier, dueOn, ownerId } = facts.account;
  const overdueWorkingDays = overdueDays(facts, watch);
  const from = watch.settings.thresholds.overdueWorkingDays;
  const isDue = overdueWorkingDays >= from && overdueWorkingDays < watch.cadence.escalation.highRiskAfterDays;
  if (ownerId === null || (tier !== 'head' && tier !== 'waist') || !isDue) return [];
  return [
    {
      ...about(facts),
      kind: 'follow_up_overdue',
      text: `${tierName(tier)}客户的跟进已逾期 ${overdueWorkingDays} 个工作日`,
      inputs: { dueOn, overdueWorkingDays, tier },
      boundary: { name: 'overdueWorkingDays', value: from },
      isFresh: true,
    },
  ];
}

const isNews = ({ at }: Fall, { today, timeZone, settings }: Watch) =>
  daysBetween(calendarDay(at, timeZone), today) <= settings.thresholds.eventDays;

/** The tier fell, and has not come back to where it was. */
export function tierFell(facts: WarningFacts, watch: Watch): Finding[] {
  const fall = facts.falls.find(({ kind }) => kind === 'tier');
  const from = TIERS.find((tier) => tier === fall?.from);
  const to = facts.account.tier;
  if (!fall || !from || TIERS.indexOf(to) <= TIERS.indexOf(from)) return [];
  return [
    {
      ...about(facts),
      kind: 'tier_fell',
      text: `客户分层由${tierName(from)}降为${tierName(to)}`,
      inputs: { fromTier: from, toTier: to, fellAt: fall.at.toISOString() },
      boundary: { name: 'fromTier', value: from },
      isFresh: isNews(fall, watch),
    },
  ];
}

/** The lifecycle fell, and has not come back to where it was. */
export function stageFell(facts: WarningFacts, watch: Watch): Finding[] {
  const fall = facts.falls.find(({ kind }) => kind === 'stage');
  const from = STAGES.find((stage) => stage === fall?.from);
  const to = facts.account.stage;
  if (!fall || !from || STAGES.indexOf(to) >= STAGES.indexOf(from)) return [];
  return [
    {
      ...about(facts),
      kind: 'stage_fell',
      text: `客户阶段由${stageName(from)}退回${stageName(to)}`,
      inputs: { fromStage: from, toStage: to, fellAt: fall.at.toISOString() },
      boundary: { name: 'fromStage', value: from },
      isFresh: isNews(fall, watch),
    },
  ];
}

/** Revenue fell against the same period of the year before; without any then, nothing can fall. */
export function revenueFell(facts: WarningFacts, { today, settings }: Watch): Finding[] {
  const { revenueMonths, revenueDropPercent } = settings.thresholds;
  const revenueFen = revenueOf(facts, today, revenueMonths);
  const yearBeforeFen = revenueOf(facts, addMonths(today, -12), revenueMonths);
  if (yearBeforeFen <= 0 || revenueFen * 100 > yearBeforeFen * (100 - revenueDropPercent)) return [];
  const dropPercent = Math.floor(((yearBeforeFen - revenueFen) * 100) / yearBeforeFen);
  return [
    {
      ...about(facts),
      kind: 'revenue_fell',
      text: `近 ${revenueMonths} 个月收入同比下降 ${dropPercent}%`,
      inputs: { revenueFen, yearBeforeFen, revenueMonths, dropPercent },
      boundary: { name: 'dropPercent', value: revenueDropPercent },
      isFresh: true,
    },
  ];
}

/** What came in over the `months` up to `to`, refunds taken off, in fen. */
function revenueOf({ orders }: WarningFacts, to: string, months: number): number {
  const from = addDays(addMonths(to, -months), 1);
  return orders
    .filter(({ paidOn }) => paidOn >= from && paidOn <= to)
    .reduce((sum, { amountFen, refundedFen }) => sum + amountFen - (refundedFen ?? 0), 0);
}

/** Our share of what they spend fell, at once or little by little, and has not begun to rise. Source: domain.md §12. */
export function shareFell(facts: WarningFacts, { today, settings }: Watch): Finding[] {
  const { sharePercent, shareSeen } = facts.account;
  const seen = seenShare(shareSeen, sharePercent, today);
  if (sharePercent === null || !seen || seen.before === null) return [];
  const { shareDropPercent } = settings.thresholds;
  if (seen.before - sharePercent < shareDropPercent) return [];
  return [
    {
      ...about(facts),
      kind: 'share_fell',
      text: `我方份额由 ${seen.before}% 降为 ${sharePercent}%`,
      inputs: { beforePercent: seen.before, sharePercent, seenOn: seen.on },
      boundary: { name: 'dropPercent', value: shareDropPercent },
      isFresh: true,
    },
  ];
}

/** What is remembered of the share after today's watch: where it began to fall, or what it rose from; the same object when nothing is new. */
export function seenShare(
  seen: WarningFacts['account']['shareSeen'],
  sharePercent: number | null,
  today: string,
): WarningFacts['account']['shareSeen'] {
  if (sharePercent === null || seen?.percent === sharePercent) return seen;
  if (!seen) return { percent: sharePercent, before: null, on: today };
  const isFalling = sharePercent < seen.percent;
  const before = isFalling ? Math.max(seen.percent, seen.before ?? 0) : seen.percent;
  return { percent: sharePercent, before, on: today };
}
