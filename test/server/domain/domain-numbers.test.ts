import { describe, expect, it } from 'vitest';
import { ASSIGN_STRATEGIES } from '../../../server/domain/staff/assignment.ts';
import { CADENCE_STATES, DUE_REASONS } from '../../../server/domain/cadence/cadence.ts';
import { CHANNELS, OUTCOMES, TALK_LEVELS } from '../../../server/domain/follow-ups/follow-up.ts';
import {
  BUDGETS,
  CLOSENESS,
  DECISION_ROLES,
  LEVELS,
  REQUIRED_FIELDS,
} from '../../../server/domain/contacts/kdm.ts';
import { PARTNER_KINDS } from '../../../server/domain/deals/order.ts';
import { NEAR_STAGES } from '../../../server/domain/deals/opportunity.ts';
import { DEFAULT_SETTINGS } from '../../../server/domain/settings.ts';
import { TIER_BASES, TIER_MODES } from '../../../server/domain/classification/tier.ts';
import { TRANSFER_KINDS } from '../../../server/domain/staff/transfer.ts';
import { WARNING_KINDS } from '../../../server/domain/warnings/kinds.ts';

const { tier, valueClass, lifecycle, cadence, calendar, kdm, playbook, warnings } = DEFAULT_SETTINGS;
const { thresholds } = warnings;
const rhythm = (of: keyof typeof cadence.rhythms) => {
  const { intervalDays, minGapDays } = cadence.rhythms[of].usual;
  return `${intervalDays}/${minGapDays}`;
};
const unrated = (stage: 'prospect' | 'suspect') => cadence.rhythms.unrated.byStage[stage];
const ruleFor = (name: string) =>
  valueClass.rules.flatMap((rule) =>
    rule.valueClass === name ? [...rule.all, ...rule.any].map(({ is, limit }) => `${is} ${limit}`) : [],
  );

/** Every number of domain.md §2–§6, §12 in its own words, beside the default that holds until somebody changes it. */
const NUMBERS: readonly [sentence: string, found: unknown, expected: unknown][] = [
  ['§2 profile: stale after 90 days', kdm.staleDays, 90],
  ['§3 default: revenue of the last 12 months', [tier.basis, tier.windowMonths], ['revenue', 12]],
  ['§3 head 头部 = first 10 % of accounts', [tier.mode, tier.rankPercent.head], ['rank', 10]],
  ['§3 waist 腰部 = next 30 %', tier.rankPercent.waist, 30],
  ['§3 tail 尾部 = the rest (60 %)', tier.rankPercent.tail, 60],
  ['§3 cumulative share of value (60 / 90 %)', tier.sharePercent, { head: 60, waist: 90 }],
  ['§3 past the boundary by 5 % of the boundary value', tier.hysteresisPercent, 5],
  ['§3 or on two consecutive runs', tier.confirmingRuns, 2],
  ['§3 concentration (share of the top 20 %)', tier.topPercent, 20],
  ['§3 usual shape 60 %, 30 %, 10 % of value', tier.usualPercent, { head: 60, waist: 30, tail: 10 }],
  ['§3 head: visit monthly', playbook.head.visitDays, 30],
  ['§3 waist: smaller discounts than head', [10, 5], [playbook.head, playbook.waist].map(largest)],
  ['§4 problem = overdue > 90 days or negative two years', ruleFor('problem'), ['over 90', 'from 2']],
  ['§4 diamond = head in both of the last two years', ruleFor('diamond'), ['from 2']],
  ['§4 strategic expires after 12 months', valueClass.strategicMonths, 12],
  ['§4 gold = head or waist in both years', ruleFor('gold'), ['from 2']],
  ['§4 potential score ≥ 70 or growth ≥ 50 %', ruleFor('potential'), ['from 1', 'from 70', 'from 50']],
  ['§5 prospect: expected close within 90 days', lifecycle.prospectDays, 90],
  ['§5 long_term: first order ≥ 12 months ago', lifecycle.longTermSinceMonths, 12],
  ['§5 long_term: an order in the last 6 months', lifecycle.longTermActiveMonths, 6],
  ['§5 advocate: latest NPS answer ≥ 9', lifecycle.advocateNps, 9],
  ['§5 advocate: share ≥ 80 %', lifecycle.advocateSharePercent, 80],
  ['§5 repeat: two or more paid orders', lifecycle.repeatOrders, 2],
  ['§5 strategic_partner: ≥ 1 referral', lifecycle.strategicReferrals, 1],
  ['§6 head 7/2', rhythm('head'), '7/2'],
  ['§6 waist 14/4', rhythm('waist'), '14/4'],
  ['§6 tail 30/10', rhythm('tail'), '30/10'],
  ['§6 unrated prospect 10/3', unrated('prospect'), { intervalDays: 10, minGapDays: 3 }],
  ['§6 unrated suspect 21/7', unrated('suspect'), { intervalDays: 21, minGapDays: 7 }],
  ['§6 new contact, and detractor: 1 working day', cadence.promptWorkingDays, 1],
  ['§6 working hours 09:00–18:00', cadence.workingHours, { from: '09:00', to: '18:00' }],
  ['§6 administrators can add or remove days', calendar, { freeDays: [], workingDays: [] }],
  ['§6 manager after 3 working days', cadence.escalation.managerAfterDays, 3],
  ['§6 high risk after 7', cadence.escalation.highRiskAfterDays, 7],
  ['§12 head/waist overdue follow-up', thresholds.overdueWorkingDays, 1],
  ['§12 revenue −30 % vs same period', thresholds.revenueDropPercent, 30],
  ['§12 payment overdue', thresholds.paymentOverdueDays, 1],
  ['§12 no second contact at a head account', thresholds.headContacts, 2],
  ['§12 contract ends in 90 days', thresholds.contractEndsDays, 90],
  ['§12 complaint open > 2 days', thresholds.complaintDays, 2],
];

function largest({ discountPercent }: { discountPercent: { to: number } }) {
  return discountPercent.to;
}

/** Every list of words of those sections. */
const WORDS: readonly [sentence: string, found: readonly string[], expected: string][] = [
  ['§2 level', LEVELS, 'executive manager staff'],
  ['§2 budget authority', BUDGETS, 'none recommends approves_up_to final'],
  ['§2 closeness, rising', CLOSENESS, 'unknown initial regular close'],
  [
    '§2 decision role',
    DECISION_ROLES,
    'purchaser user technical finance supply_chain quality supervisor guide',
  ],
  [
    '§2 required fields',
    REQUIRED_FIELDS,
    'department title level superior scope authority method closeness decisionRole',
  ],
  ['§3 value: revenue, profit, lifetime revenue', TIER_BASES, 'revenue profit lifetime_revenue'],
  ['§3 modes: rank, thresholds, cumulative share', TIER_MODES, 'rank threshold share'],
  [
    '§4 order of the rules',
    valueClass.rules.map((rule) => rule.valueClass),
    'problem diamond strategic gold potential general',
  ],
  ['§5 at 意向 or later', NEAR_STAGES, 'interest project approval negotiation'],
  ['§5 agency / distribution / equity', PARTNER_KINDS, 'agency distribution equity'],
  ['§6 channel', CHANNELS, 'chat call visit meeting other'],
  ['§6 level of a talk', TALK_LEVELS, 'leadership technical business service'],
  ['§6 state', CADENCE_STATES, 'overdue due_today owed_soon never_contacted too_soon on_track'],
  ['§6 what is owed, in order of weight', DUE_REASONS, 'detractor promise question new_contact interval'],
  ['§6 outcome of a talk', OUTCOMES, 'talked no_answer scheduled declined'],
  ['§13 allocation from the pool', ASSIGN_STRATEGIES, 'manual round_robin least_loaded by_region by_product'],
  ['§13 on-job and resigned transfer', TRANSFER_KINDS, 'on_job resigned'],
];

describe('the numbers that hold until an administrator changes them', () => {
  it.each(NUMBERS)('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  it.each(WORDS)('%s', (_, found, expected) => {
    expect(found.join(' ')).toBe(expected);
  });

  it('§12 names these rules, each with level, owner to tell and dedupe window', () => {
    expect(WARNING_KINDS).toHaveLength(16);
    for (const kind of WARNING_KINDS) {
      const { isOn, level, tell, windowDays } = warnings.rules[kind];
      expect([kind, isOn, tell.length > 0, windowDays >= 7]).toEqual([kind, true, true, true]);
      expect(['high', 'medium', 'low']).toContain(level);
    }
  });
});
