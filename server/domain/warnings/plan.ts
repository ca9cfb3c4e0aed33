import { calendarDay, daysBetween } from '../calendar.ts';
import type { Finding, Watch, WarningWhy } from './facts.ts';
import type { WarningKind, WarningLevel, WarningState } from './kinds.ts';
import { ruleOf } from './settings.ts';

/** A warning on the shelf, as far as deciding about it goes. */
export type StandingWarning = WarningWhy & {
  _id: string;
  kind: WarningKind;
  subject: string;
  level: WarningLevel;
  text: string;
  state: WarningState;
  raisedAt: Date;
  resolvedBy: string | null;
};

/** What is to be written; `reopen` and `refresh` name the warning that a finding belongs to. */
export type WarningPlan = {
  raise: Finding[];
  reopen: { id: string; finding: Finding }[];
  refresh: { id: string; finding: Finding }[];
  resolve: string[];
};

/** The same kind and subject is the same warning. */
export const warningKey = ({ kind, subject }: Pick<Finding, 'kind' | 'subject'>) => `${kind}:${subject}`;

/**
 * What becomes of the warnings of one account. A standing one is kept up to date and resolves when its facts no longer hold;
 * within the window of its rule it comes back when they do again, unless somebody has resolved it.
 */
export function planWarnings(
  findings: readonly Finding[],
  standing: readonly StandingWarning[],
  watch: Watch,
): WarningPlan {
  const latest = new Map(
    standing
      .toSorted((a, b) => a.raisedAt.getTime() - b.raisedAt.getTime())
      .map((each) => [warningKey(each), each]),
  );
  const plan: WarningPlan = { raise: [], reopen: [], refresh: [], resolve: [] };
  for (const finding of findings) place(plan, finding, { known: latest.get(warningKey(finding)), watch });
  const found = new Set(findings.map(warningKey));
  for (const [key, { _id, state }] of latest)
    if (state !== 'resolved' && !found.has(key)) plan.resolve.push(_id);
  return plan;
}

function place(
  plan: WarningPlan,
  finding: Finding,
  { known, watch }: { known: StandingWarning | undefined; watch: Watch },
): void {
  if (known && known.state !== 'resolved') {
    if (isNew(finding, known, watch)) plan.refresh.push({ id: known._id, finding });
    return;
  }
  if (!finding.isFresh) return;
  if (!known || !isWithinWindow(known, watch)) plan.raise.push(finding);
  else if (known.resolvedBy === null) plan.reopen.push({ id: known._id, finding });
}

function isWithinWindow({ kind, raisedAt }: StandingWarning, { today, timeZone, settings }: Watch): boolean {
  return daysBetween(calendarDay(raisedAt, timeZone), today) < ruleOf(settings, kind).windowDays;
}

const coreOf = ({ text, inputs, boundary }: WarningWhy & { text: string }, level: WarningLevel) =>
  JSON.stringify([text, inputs, boundary, level]);

const isNew = (finding: Finding, known: StandingWarning, { settings }: Watch): boolean =>
  coreOf(finding, ruleOf(settings, finding.kind).level) !== coreOf(known, known.level);
