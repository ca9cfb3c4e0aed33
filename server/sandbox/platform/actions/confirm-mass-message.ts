import { ActionError } from '../action-error.ts';
import { isSameUserid } from '../api/find-people.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { sayInChat } from '../send-chat.ts';
import type { MassRecipient } from '../state.ts';
import { relationOf } from './find-relation.ts';

/** The member sends the waiting mass message to his customers; no callback tells of it. @throws {ActionError} 404, 409 */
export function confirmMassMessage(platform: Platform, wish: { userid: string; msgid: string }): void {
  const message = platform.state.massMessages.find((candidate) => candidate.msgid === wish.msgid);
  const task = message?.tasks.find((candidate) => isSameUserid(candidate.userid, wish.userid));
  if (!message || !task) throw new ActionError(404, 'unknown_task', '没有这条群发任务');
  if (task.status !== 'waiting') throw new ActionError(409, 'not_waiting', '这条群发任务已发送或已停止');
  const sentAt = unixNow(platform);
  for (const recipient of task.recipients) {
    recipient.status = outcomeFor(platform, task.userid, recipient);
    recipient.sentAt = sentAt;
    if (recipient.status !== 1) continue;
    const to = `customer:${recipient.externalUserId}`;
    sayInChat(platform, { from: `staff:${task.userid}`, to, text: message.text, links: message.links });
  }
  task.status = 'sent';
  task.sentAt = sentAt;
  platform.save();
}

/** 2 when they are no longer friends, 3 when the customer already had as many as he may get. Source: wecom.md §3.7. */
function outcomeFor(platform: Platform, userid: string, { externalUserId }: MassRecipient): 1 | 2 | 3 {
  const relation = relationOf(platform, { userid, externalUserId });
  if (!relation || relation.deletedByCustomer) return 2;
  const { since, most } = quota(platform);
  const had = platform.state.massMessages
    .flatMap((message) => message.tasks)
    .flatMap((task) => task.recipients)
    .filter((row) => row.externalUserId === externalUserId && row.status === 1 && (row.sentAt ?? 0) >= since);
  return had.length >= most ? 3 : 1;
}

/** The start of the running day, week or month in Shanghai, and how many a customer accepts in it. */
function quota({ rules, now }: Platform): { since: number; most: number } {
  const shanghaiMs = 8 * 3_600_000;
  const local = new Date(now().getTime() + shanghaiMs);
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  const starts = {
    day: Date.UTC(year, month, day),
    week: Date.UTC(year, month, day - ((local.getUTCDay() + 6) % 7)),
    month: Date.UTC(year, month, 1),
  };
  const daysInMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const since = (starts[rules.massPeriod] - shanghaiMs) / 1000;
  return { since, most: rules.massPerPeriod ?? daysInMonth };
}
