import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../server/domain/warnings/facts.ts';
import { planWarnings, type StandingWarning } from '../../../../server/domain/warnings/plan.ts';
import { findWarnings } from '../../../../server/domain/warnings/find-warnings.ts';
import { WARNING_KINDS } from '../../../../server/domain/warnings/kinds.ts';
import {
  DEFAULT_WARNINGS,
  warningProblems,
  type WarningSettings,
} from '../../../../server/domain/warnings/settings.ts';
import { aWatch, facts, noon } from '../../../support/a-watch.ts';

const aFinding = (more: Partial<Finding> = {}): Finding => ({
  kind: 'detractor', // its window is 30 days
  subject: 'wm1',
  text: '给出了 3 分的评价',
  inputs: { score: 3 },
  boundary: { name: 'score', value: 6 },
  isFresh: true,
  contactId: 'wm1',
  ...more,
});
const aWarning = (more: Partial<StandingWarning> = {}): StandingWarning => ({
  _id: 'w1',
  kind: 'detractor',
  subject: 'wm1',
  level: 'high',
  text: '给出了 3 分的评价',
  inputs: { score: 3 },
  boundary: { name: 'score', value: 6 },
  state: 'open',
  raisedAt: noon('2026-03-01'),
  resolvedBy: null,
  ...more,
});
const nothing = { raise: [], reopen: [], refresh: [], resolve: [] };
const resolved = { state: 'resolved', resolvedBy: 'anna' } as const;
const byItself = { state: 'resolved', resolvedBy: null } as const;
const planned = (findings: Finding[], ...standing: StandingWarning[]) =>
  planWarnings(findings, standing, aWatch());

describe('what becomes of a warning, by its dedupe window', () => {
  it('is raised once, while it stands', () => {
    expect(planned([aFinding()])).toEqual({ ...nothing, raise: [aFinding()] });
    expect(planned([aFinding()], aWarning())).toEqual(nothing);
    expect(planned([aFinding()], aWarning({ state: 'acknowledged' }))).toEqual(nothing);
  });

  it('is raised apart for another subject and another kind', () => {
    const others = [aFinding({ subject: 'wm2' }), aFinding({ kind: 'kdm_stale' })];
    expect(planned([aFinding(), ...others], aWarning()).raise).toEqual(others);
  });

  it('is brought up to date when the facts or the level moved', () => {
    const worse = aFinding({ text: '给出了 1 分的评价', inputs: { score: 1 } });
    expect(planned([worse], aWarning()).refresh).toEqual([{ id: 'w1', finding: worse }]);
    expect(planned([aFinding()], aWarning({ level: 'low' })).refresh).toHaveLength(1);
  });

  it('resolves by itself when the facts no longer hold', () => {
    expect(planned([], aWarning(), aWarning({ _id: 'w2', subject: 'wm2', state: 'acknowledged' }))).toEqual({
      ...nothing,
      resolve: ['w1', 'w2'],
    });
    expect(planned([], aWarning(byItself))).toEqual(nothing);
  });

  it('stays alive by old news, which raise nothing', () => {
    const old = aFinding({ isFresh: false });
    expect(planned([old], aWarning())).toEqual(nothing);
    expect(planned([old])).toEqual(nothing);
    expect(planned([old], aWarning(byItself))).toEqual(nothing);
  });

  it.each([
    ['2026-02-10', []], // 29 days ago: inside the window of 30
    ['2026-02-09', [aFinding()]],
  ])('resolved by somebody, raised on %s: raised anew %j', (day, raise) => {
    expect(planned([aFinding()], aWarning({ ...resolved, raisedAt: noon(day) }))).toEqual({
      ...nothing,
      raise,
    });
  });

  it('resolved by itself, it comes back within the window, and is raised anew after it', () => {
    const finding = aFinding();
    expect(planned([finding], aWarning(byItself)).reopen).toEqual([{ id: 'w1', finding }]);
    expect(planned([finding], aWarning({ ...byItself, raisedAt: noon('2026-02-09') })).raise).toEqual([
      finding,
    ]);
  });

  it('goes by the latest of a subject', () => {
    const old = aWarning({ _id: 'w0', ...resolved, raisedAt: noon('2025-12-01') });
    expect(planned([aFinding()], aWarning(), old)).toEqual(nothing);
  });
});

const off = (kind: 'single_threaded'): WarningSettings => ({
  ...DEFAULT_WARNINGS,
  rules: { ...DEFAULT_WARNINGS.rules, [kind]: { ...DEFAULT_WARNINGS.rules[kind], isOn: false } },
});

describe('the rules that are on', () => {
  const late = facts({ tier: 'head', dueOn: '2026-03-10' });

  it('find what they find, and nothing on a quiet account', () => {
    expect(findWarnings(facts(), aWatch())).toEqual([]);
    expect(findWarnings(late, aWatch()).map(({ kind }) => kind)).toEqual([
      'follow_up_overdue',
      'single_threaded',
    ]);
    expect(findWarnings(late, aWatch(), ['detractor'])).toEqual([]);
  });

  it('leave out what is off', () => {
    const watch = aWatch({ settings: off('single_threaded') });
    expect(findWarnings(late, watch).map(({ kind }) => kind)).toEqual(['follow_up_overdue']);
  });

  it('are sound by default, each with somebody to tell', () => {
    expect(warningProblems(DEFAULT_WARNINGS)).toEqual([]);
    for (const kind of WARNING_KINDS) expect(DEFAULT_WARNINGS.rules[kind].tell.length).toBeGreaterThan(0);
  });

  it.each([
    ['windowDays', 1, 0],
    ['windowDays', 365, 0],
    ['windowDays', 0, 1],
    ['windowDays', 366, 1],
    ['level', 'grave', 1],
    ['tell', ['owner', 'owner'], 1],
    ['tell', ['boss'], 1],
    ['tell', [], 0],
  ])('with %s %j have %d problems', (field, value, count) => {
    const detractorRule = { ...DEFAULT_WARNINGS.rules.detractor, [field]: value };
    const rules = { ...DEFAULT_WARNINGS.rules, detractor: detractorRule };
    expect(warningProblems({ ...DEFAULT_WARNINGS, rules })).toHaveLength(count);
  });

  it.each([
    ['headContacts', 1, 1],
    ['headContacts', 2, 0],
    ['revenueDropPercent', 100, 0],
    ['revenueDropPercent', 101, 1],
    ['eventDays', 180, 0],
    ['eventDays', 181, 1],
    ['eventDays', 1.5, 1],
    ['complaintDays', 0, 1],
    ['complaintDays', 60, 0],
  ])('with %s at %d have %d problems', (name, value, count) => {
    const thresholds = { ...DEFAULT_WARNINGS.thresholds, [name]: value };
    expect(warningProblems({ ...DEFAULT_WARNINGS, thresholds })).toHaveLength(count);
  });
});
