import { checkTitle, type CheckName, type CheckStatus, type Finding, type Verdict } from './doctor-checks.ts';
import { cureOf } from './doctor-cures.ts';

/** Adds title and cure, and blots out every secret that slipped into a text. */
export function findingOf(
  name: CheckName,
  { status, tried, answer, code, subject }: Verdict,
  secrets: readonly string[],
): Finding {
  const blot = (text: string) =>
    secrets.filter(Boolean).reduce((left, secret) => left.replaceAll(secret, '***'), text);
  const cure = code === null ? null : blot(cureOf(name, code, subject));
  return { name, title: checkTitle(name), status, tried: blot(tried), answer: blot(answer), cure, code };
}

/** True when nothing failed; warnings are no failure. */
export const isHealthy = (findings: readonly Finding[]) => findings.every(({ status }) => status !== 'fail');

const MARKS: Readonly<Record<CheckStatus, string>> = { ok: '✓', warn: '!', fail: '✗', skip: '–' };

/** The whole report for people: a line per check; what was tried, what came back and what to change where it matters. */
export function reportText(findings: readonly Finding[]): string {
  const count = (status: CheckStatus) => findings.filter((finding) => finding.status === status).length;
  const sum = `通过 ${count('ok')}，提醒 ${count('warn')}，未通过 ${count('fail')}，跳过 ${count('skip')}`;
  return [...findings.map(findingText), '', sum].join('\n');
}

function findingText({ title, status, tried, answer, cure }: Finding): string {
  if (!cure) return `${MARKS[status]} ${title}：${answer}`;
  return [
    `${MARKS[status]} ${title}`,
    `    检查了：${tried}`,
    `    返回了：${indented(answer)}`,
    `    怎么改：${cure}`,
  ].join('\n');
}

const indented = (answer: string) => answer.replaceAll('\n', `\n${' '.repeat(12)}`);
