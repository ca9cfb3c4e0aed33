import type { DueReason } from './cadence/cadence.ts';
import type { Day } from './calendar.ts';
import { npsText } from './nps/nps-text.ts';
import type { Asked, NpsFigure } from './nps/nps.ts';
import { STAGE_TAGS, TIER_TAGS } from './tags/tagging.ts';
import type { Stage } from './classification/lifecycle.ts';
import type { Tier } from './classification/tier.ts';
import type { TaskView } from './follow-ups/task.ts';
import type { DueItem } from './cadence/view.ts';

/* Templates of the messages that staff and customers read. Links are absolute. */

/** The name of a tier as people read it. */
export const tierName = (tier: Tier) => (tier === 'unrated' ? '未分层' : TIER_TAGS[tier]);

/** The name of a stage as people read it. */
export const stageName = (stage: Stage) => STAGE_TAGS[stage];

/** `2026-11-26` → `11月26日`. */
export const dayName = (day: Day) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

/** An app message has at most so many bytes. Source: wecom.md §3.13. */
export const TEXT_BYTES = 2048;
export const byteLength = (text: string) => new TextEncoder().encode(text).length;

/** The day's reminder to one member: as many accounts as fit, each a link, and how many are left. Source: domain.md §14. */
export function reminderText({ today, time, total, items, linkOf, tasks }: ReminderFacts): string {
  const moment = time ? `${dayName(today)} ${time}` : dayName(today);
  const counts = [
    ...(tasks.total > 0 ? [`${tasks.total} 位客户请您联系`] : []),
    ...(total > 0 ? [`${total} 位客户等您联系`] : []),
  ];
  const head = `【今日跟进】${moment}，${counts.join('，')}`;
  const lines = [
    ...tasks.items.map((task) => taskLine(task, linkOf(task))),
    ...items.map((item) => reminderLine(item, linkOf(item))),
  ];
  return listText({ head, lines, restOf: (shown) => restLine(tasks.total + total - shown) });
}

function taskLine({ accountName, personName, overdueWorkingDays, dueOn }: TaskView, link: string | null) {
  const state = overdueWorkingDays > 0 ? `逾期 ${overdueWorkingDays} 个工作日` : `${dayName(dueOn)}前`;
  return `· 请联系我：${linkedName(`${accountName} ${personName ?? ''}`, link)}（${state}）`;
}

/** A message of as many lines as fit, and what it says of the rest ('': nothing). Source: wecom.md §3.13. */
export function listText({ head, lines, restOf }: ListFacts): string {
  const kept: string[] = [];
  for (const line of lines) {
    if (byteLength([head, ...kept, line, restOf(kept.length + 1)].join('\n')) > TEXT_BYTES) break;
    kept.push(line);
  }
  const rest = restOf(kept.length);
  return [head, ...kept, ...(rest ? [rest] : [])].join('\n');
}

type ListFacts = { head: string; lines: readonly string[]; restOf: (shown: number) => string };

/** A name as a link, or alone where there is nobody to open. */
export function linkedName(name: string, link: string | null): string {
  const shown = shorten(plain(name), 24);
  return link ? `<a href="${link}">${shown}</a>` : shown;
}

/** What a reminder tells, and at what time of day when that matters; `linkOf` gives null where there is nobody to open. */
export type ReminderFacts = {
  today: Day;
  time?: string;
  total: number;
  items: readonly DueItem[];
  tasks: { total: number; items: readonly TaskView[] };
  linkOf: (item: Pick<DueItem, 'externalUserId'>) => string | null;
};

const restLine = (rest: number) => (rest > 0 ? `……还有 ${rest} 位，请在侧边栏查看` : '');

/** Why an account is due, in a word. Source: domain.md §6. */
const REASON_NAMES: Readonly<Record<DueReason, string>> = {
  detractor: '贬损待回访',
  promise: '有约定',
  question: '问题待答复',
  new_contact: '新客户',
  interval: '该联系了',
};

function reminderLine(
  { accountName, tier, reason, overdueWorkingDays }: DueItem,
  link: string | null,
): string {
  const state = overdueWorkingDays > 0 ? `逾期 ${overdueWorkingDays} 个工作日` : '今天到期';
  return `· ${linkedName(accountName, link)}（${tierName(tier)}，${REASON_NAMES[reason]}，${state}）`;
}

/** One overdue follow-up of somebody's team. */
export type OverdueItem = {
  accountName: string;
  ownerName: string;
  tier: Tier;
  overdueWorkingDays: number;
  link: string | null;
};

/** What a manager is told of the team's overdue follow-ups, the gravest first: as many as fit. Source: domain.md §6. */
export function escalationText(items: readonly OverdueItem[]): string {
  const head = `【逾期升级】团队有 ${items.length} 位客户的跟进逾期较久，请过问`;
  const lines = items.map(
    ({ accountName, ownerName, tier, overdueWorkingDays, link }) =>
      `· ${linkedName(accountName, link)}（${tierName(tier)}，${shorten(plain(ownerName), 12)}，逾期 ${overdueWorkingDays} 个工作日）`,
  );
  const restOf = (shown: number) => (items.length > shown ? `……还有 ${items.length - shown} 位` : '');
  return listText({ head, lines, restOf });
}

export const shorten = (text: string, length: number) =>
  [...text].length > length ? `${[...text].slice(0, length - 1).join('')}…` : text;

/** Names must not break the message's markup. */
export const plain = (text: string) => text.replace(/[<>&"\r\n]/g, ' ').trim();

/** What a manager's digest counts; an absent section is left out. */
export type DigestFacts = {
  today: Day;
  done: number;
  due: number;
  overdue: number;
  asking: number; // customers who asked to be called and wait
  newContacts: number;
  changes: { name: string; kind: 'tier' | 'stage'; from: string; to: string }[];
  nps: (NpsFigure & Asked & { campaign: string }) | null;
  answers: { account: string; contact: string; score: number; comment: string }[];
  pool: number;
};

const CHANGES_SHOWN = 5;
const ANSWERS_SHOWN = 3;
const CARD_BYTES = 512;

/** The digest as a card's title and description, or null when there is nothing to tell. Source: domain.md §14. */
export function digestCard(facts: DigestFacts): { title: string; description: string } | null {
  const lines = [...workLines(facts), ...npsLines(facts), ...changeLines(facts), ...poolLines(facts)];
  if (lines.length === 0) return null;
  return { title: `团队日报 ${dayName(facts.today)}`, description: fitted(lines) };
}

/** As many lines as a card holds; what is left out is told by three dots. Source: wecom.md §3.13. */
function fitted(lines: readonly string[]): string {
  const kept: string[] = [];
  for (const line of lines) {
    if (byteLength([...kept, line, '……'].join('\n')) > CARD_BYTES) return [...kept, '……'].join('\n');
    kept.push(line);
  }
  return kept.join('\n');
}

function workLines({ done, due, overdue, asking, newContacts }: DigestFacts): string[] {
  const lines: string[] = [];
  if (done + due + overdue > 0) lines.push(`跟进：完成 ${done}，待办 ${due}，其中逾期 ${overdue}`);
  if (asking > 0) lines.push(`请联系我：${asking} 位客户还在等`);
  if (newContacts > 0) lines.push(`新增联系人：${newContacts}`);
  return lines;
}

const nameOf = (kind: 'tier' | 'stage', value: string) =>
  kind === 'tier' ? tierName(value as Tier) : stageName(value as Stage);

function changeLines({ changes }: DigestFacts): string[] {
  if (changes.length === 0) return [];
  const shown = changes.slice(0, CHANGES_SHOWN).map(({ name, kind, from, to }) => {
    return `· ${shorten(plain(name), 16)}：${nameOf(kind, from)} → ${nameOf(kind, to)}`;
  });
  const rest = changes.length - shown.length;
  return [`分层与阶段变化：${changes.length}`, ...shown, ...(rest > 0 ? [`……另有 ${rest} 项`] : [])];
}

function npsLines({ nps, answers }: DigestFacts): string[] {
  const lines: string[] = [];
  if (nps && nps.n > 0) lines.push(`NPS（${shorten(plain(nps.campaign), 12)}）：${npsText(nps)}`);
  const worstFirst = [...answers].sort((a, b) => a.score - b.score);
  lines.push(...worstFirst.slice(0, ANSWERS_SHOWN).map(answerLine));
  if (answers.length > ANSWERS_SHOWN) lines.push(`……今日共 ${answers.length} 份评价`);
  return lines;
}

function answerLine({ account, contact, score, comment }: DigestFacts['answers'][number]): string {
  const said = comment ? `“${shorten(plain(comment), 20)}”` : '';
  return `· ${score} 分 ${shorten(plain(account), 14)} ${shorten(plain(contact), 8)}${said}`;
}

const poolLines = ({ pool }: DigestFacts) => (pool > 0 ? [`待分配客户：${pool}`] : []);

/** What the customer reads above the survey's link. */
export const surveyAsk = () => '您好！想请您花 10 秒钟评价一下我们的合作，您的意见会直接改进我们的服务。';

/** The survey's link card. */
export const surveyLink = (url: string) => ({
  title: '合作满意度评价',
  description: '一道题，10 秒钟，点击作答',
  url,
});
