import { STAGES, type Stage } from '../classification/lifecycle.ts';
import { isWhole, unless, type Problem } from '../problem.ts';
import { TIERS, type Tier } from '../classification/tier.ts';

/** Target interval and minimum gap between touches, in days. */
export type Rhythm = { intervalDays: number; minGapDays: number };

/** The rhythm of a tier: the usual one, and those of single stages. */
export type TierRhythm = { usual: Rhythm; byStage: Partial<Record<Stage, Rhythm>> };

/** How often customers are spoken to 跟进频率, and what happens when they are not. Source: domain.md §6. */
export type CadenceSettings = {
  rhythms: Record<Tier, TierRhythm>;
  /** A new contact, and one who gave a bad mark, is spoken to within so many working days. */
  promptWorkingDays: number;
  /** A question is answered within so many working days. */
  questionWorkingDays: number;
  /** The most days ahead that something may be agreed on. */
  promiseMostDays: Record<Tier, number>;
  /** When staff work, `HH:MM` in the corp's time zone. */
  workingHours: { from: string; to: string };
  /** Working days past the date after which the manager is told, and the account is at high risk. */
  escalation: { managerAfterDays: number; highRiskAfterDays: number };
};

const tail: Rhythm = { intervalDays: 30, minGapDays: 10 };

/** Source: domain.md §6; unrated accounts past the first two stages have lapsed and are kept like the tail. */
export const DEFAULT_CADENCE: CadenceSettings = {
  rhythms: {
    head: { usual: { intervalDays: 7, minGapDays: 2 }, byStage: {} },
    waist: { usual: { intervalDays: 14, minGapDays: 4 }, byStage: {} },
    tail: { usual: tail, byStage: {} },
    unrated: {
      usual: tail,
      byStage: {
        prospect: { intervalDays: 10, minGapDays: 3 },
        suspect: { intervalDays: 21, minGapDays: 7 },
      },
    },
  },
  promptWorkingDays: 1,
  questionWorkingDays: 2,
  promiseMostDays: { head: 60, waist: 60, tail: 120, unrated: 120 },
  workingHours: { from: '09:00', to: '18:00' },
  escalation: { managerAfterDays: 3, highRiskAfterDays: 7 },
};

/** The rhythm of a tier and stage. */
export function rhythmOf(tier: Tier, stage: Stage, { rhythms } = DEFAULT_CADENCE): Rhythm {
  return rhythms[tier].byStage[stage] ?? rhythms[tier].usual;
}

const MOST_INTERVAL_DAYS = 365;
const MOST_PROMPT_DAYS = 10;
const MOST_ESCALATION_DAYS = 90;

/** What an administrator has to mend, field by field. */
export function cadenceProblems(settings: CadenceSettings): Problem[] {
  return [
    ...TIERS.flatMap((tier) => tierProblems(tier, settings.rhythms[tier])),
    ...wholeNumber('promptWorkingDays', settings.promptWorkingDays, MOST_PROMPT_DAYS),
    ...wholeNumber('questionWorkingDays', settings.questionWorkingDays, MOST_PROMPT_DAYS),
    ...TIERS.flatMap((tier) =>
      wholeNumber(`promiseMostDays.${tier}`, settings.promiseMostDays[tier], MOST_INTERVAL_DAYS),
    ),
    ...hoursProblems(settings.workingHours),
    ...escalationProblems(settings.escalation),
  ];
}

function tierProblems(tier: Tier, { usual, byStage }: TierRhythm): Problem[] {
  const named = STAGES.flatMap((stage) => {
    const rhythm = byStage[stage];
    return rhythm ? rhythmProblems(`rhythms.${tier}.byStage.${stage}`, rhythm) : [];
  });
  return [...rhythmProblems(`rhythms.${tier}.usual`, usual), ...named];
}

/** The gap may not reach the interval, or the next date would be one on which nobody is welcome. */
function rhythmProblems(field: string, { intervalDays, minGapDays }: Rhythm): Problem[] {
  return [
    ...wholeNumber(`${field}.intervalDays`, intervalDays, MOST_INTERVAL_DAYS),
    ...unless(
      isWhole(minGapDays, 0, intervalDays - 1),
      `${field}.minGapDays`,
      '最短间隔须为 0 或更大的整数，且小于目标间隔',
    ),
  ];
}

function hoursProblems({ from, to }: CadenceSettings['workingHours']): Problem[] {
  const wrong = Object.entries({ from, to }).filter(([, time]) => !/^([01]\d|2[0-3]):[0-5]\d$/.test(time));
  if (wrong.length > 0)
    return wrong.map(([name]) => ({ field: `workingHours.${name}`, message: '请写成 09:00 这样的时间' }));
  return unless(from < to, 'workingHours.to', '下班时间须晚于上班时间');
}

function escalationProblems({
  managerAfterDays,
  highRiskAfterDays,
}: CadenceSettings['escalation']): Problem[] {
  const problems = [
    ...wholeNumber('escalation.managerAfterDays', managerAfterDays, MOST_ESCALATION_DAYS),
    ...wholeNumber('escalation.highRiskAfterDays', highRiskAfterDays, MOST_ESCALATION_DAYS),
  ];
  if (problems.length > 0) return problems;
  const isLadder = managerAfterDays < highRiskAfterDays;
  return unless(isLadder, 'escalation.highRiskAfterDays', '高风险的天数须大于告知主管的天数');
}

function wholeNumber(field: string, value: number, max: number): Problem[] {
  return unless(isWhole(value, 1, max), field, `请填写 1 到 ${max} 之间的整数`);
}
