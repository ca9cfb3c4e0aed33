import { describe, expect, it } from 'vitest';
import { WARNING_KINDS, WARNING_NAMES } from '../../../../server/domain/warnings/kinds.ts';
import {
  DEFAULT_WARNINGS,
  ruleOf,
  warningProblems,
  type WarningSettings,
  type WarningThresholds,
} from '../../../../server/domain/warnings/settings.ts';

const fieldsWith = (thresholds: Partial<WarningThresholds>) =>
  warningProblems({
    ...DEFAULT_WARNINGS,
    thresholds: { ...DEFAULT_WARNINGS.thresholds, ...thresholds },
  }).map(({ field }) => field);

const RANGES: [keyof WarningThresholds, number, number][] = [
  ['overdueWorkingDays', 1, 60],
  ['eventDays', 1, 180],
  ['revenueMonths', 1, 12],
  ['revenueDropPercent', 1, 100],
  ['shareDropPercent', 1, 100],
  ['paymentOverdueDays', 1, 365],
  ['contractEndsDays', 1, 365],
  ['headContacts', 2, 20],
  ['complaintDays', 1, 60],
];

describe('where the rules begin to warn', () => {
  it.each(RANGES)('%s may be %d to %d, in whole numbers', (name, from, to) => {
    for (const fit of [from, to]) expect(fieldsWith({ [name]: fit })).toEqual([]);
    for (const unfit of [from - 1, to + 1, from + 0.5, Number.NaN])
      expect(fieldsWith({ [name]: unfit })).toEqual([`thresholds.${name}`]);
  });

  it('has a range for every number', () => {
    expect(RANGES.map(([name]) => name).toSorted()).toEqual(
      Object.keys(DEFAULT_WARNINGS.thresholds).toSorted(),
    );
  });

  it('names all that is wrong at once, each with how to mend it', () => {
    const problems = warningProblems({
      ...DEFAULT_WARNINGS,
      thresholds: { ...DEFAULT_WARNINGS.thresholds, eventDays: 0, complaintDays: 61 },
    });
    expect(problems).toEqual([
      { field: 'thresholds.eventDays', message: '请填写 1 到 180 之间的整数' },
      { field: 'thresholds.complaintDays', message: '请填写 1 到 60 之间的整数' },
    ]);
  });
});

describe('the rules', () => {
  it.each(WARNING_KINDS)('%s has a name of its own in Chinese, and can be switched off', (kind) => {
    expect(WARNING_NAMES[kind]).toMatch(/^[一-鿿A-Z ]+$/);
    expect(WARNING_KINDS.filter((each) => WARNING_NAMES[each] === WARNING_NAMES[kind])).toEqual([kind]);
    const rules = { ...DEFAULT_WARNINGS.rules, [kind]: { ...DEFAULT_WARNINGS.rules[kind], isOn: false } };
    expect(warningProblems({ ...DEFAULT_WARNINGS, rules })).toEqual([]);
  });

  it('of settings saved before a kind was invented hold its default', () => {
    const { complaint_open: usual, ...known } = DEFAULT_WARNINGS.rules;
    const old = { ...DEFAULT_WARNINGS, rules: known } as unknown as WarningSettings;
    expect(ruleOf(old, 'complaint_open')).toEqual(usual);
    expect(warningProblems(old)).toEqual([]);
  });

  it('tell of what is grave to who can act: the gravest also to the manager', () => {
    const { rules } = DEFAULT_WARNINGS;
    for (const kind of WARNING_KINDS.filter((each) => rules[each].level === 'high'))
      expect(rules[kind].tell).toEqual(['owner', 'manager']);
  });
});
