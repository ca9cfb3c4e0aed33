import { z } from 'zod';
import { CUSTOM_KINDS } from '../../domain/accounts/custom-field.ts';
import { STAGES } from '../../domain/classification/lifecycle.ts';
import type { SectionName, Settings } from '../../domain/settings.ts';
import { TIER_BASES, TIER_MODES, TIERS } from '../../domain/classification/tier.ts';
import { VALUE_CLASSES, VALUE_FACTS } from '../../domain/classification/value-class.ts';
import { WARNING_KINDS, WARNING_LEVELS } from '../../domain/warnings/kinds.ts';
import { LISTENERS } from '../../domain/warnings/settings.ts';
import { TierPolicyShape } from './playbook.ts';

/* Only the shape of each section; which numbers fit is told by the `…Problems` of the module that owns it. */

const days = z.number();
const percent = z.number();
const rhythm = z.object({ intervalDays: days, minGapDays: days });
const tierRhythm = z.object({ usual: rhythm, byStage: z.partialRecord(z.enum(STAGES), rhythm) });
const months = z.number();
const condition = z.object({ fact: z.enum(VALUE_FACTS), is: z.enum(['over', 'from']), limit: z.number() });

/** One shape for each section of the settings. */
export const SECTION_SHAPES = {
  tier: z.object({
    basis: z.enum(TIER_BASES),
    windowMonths: z.number(),
    mode: z.enum(TIER_MODES),
    rankPercent: z.object({ head: percent, waist: percent, tail: percent }),
    sharePercent: z.object({ head: percent, waist: percent }),
    thresholdFen: z.object({ head: z.number(), waist: z.number() }),
    hysteresisPercent: percent,
    confirmingRuns: z.number(),
    topPercent: percent,
    usualPercent: z.object({ head: percent, waist: percent, tail: percent }),
  }),
  valueClass: z.object({
    rules: z.array(
      z.object({ valueClass: z.enum(VALUE_CLASSES), all: z.array(condition), any: z.array(condition) }),
    ),
    strategicMonths: months,
  }),
  lifecycle: z.object({
    prospectDays: days,
    longTermSinceMonths: months,
    longTermActiveMonths: months,
    advocateNps: z.number(),
    advocateSharePercent: percent,
    repeatOrders: z.number(),
    strategicReferrals: z.number(),
  }),
  cadence: z.object({
    rhythms: z.record(z.enum(TIERS), tierRhythm),
    promptWorkingDays: days,
    questionWorkingDays: days,
    promiseMostDays: z.record(z.enum(TIERS), days),
    workingHours: z.object({ from: z.string(), to: z.string() }),
    escalation: z.object({ managerAfterDays: days, highRiskAfterDays: days }),
  }),
  goLive: z.object({ day: z.string() }),
  calendar: z.object({ freeDays: z.array(z.string()), workingDays: z.array(z.string()) }),
  channels: z.array(z.object({ code: z.string(), name: z.string(), costFen: z.number() })),
  claims: z.object({ maxAccounts: z.number(), perDay: z.number(), cooldownDays: days }),
  customFields: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      kind: z.enum(CUSTOM_KINDS),
      choices: z.array(z.string()),
      isRequired: z.boolean(),
    }),
  ),
  kdm: z.object({ staleDays: days }),
  audit: z.object({ readingDays: days }),
  warnings: z.object({
    rules: z.record(
      z.enum(WARNING_KINDS),
      z.object({
        isOn: z.boolean(),
        level: z.enum(WARNING_LEVELS),
        tell: z.array(z.enum(LISTENERS)),
        windowDays: days,
      }),
    ),
    thresholds: z.object({
      overdueWorkingDays: days,
      eventDays: days,
      revenueMonths: months,
      revenueDropPercent: percent,
      shareDropPercent: percent,
      paymentOverdueDays: days,
      contractEndsDays: days,
      headContacts: z.number(),
      complaintDays: days,
    }),
  }),
  playbook: z.object({ head: TierPolicyShape, waist: TierPolicyShape, tail: TierPolicyShape }),
} satisfies { [Name in SectionName]: z.ZodType<Settings[Name]> };
