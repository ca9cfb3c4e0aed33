import type { Context } from '../../context.ts';
import { calendarDay, clockTime } from '../../domain/calendar.ts';
import { reminderText } from '../../domain/texts.ts';
import type { TaskView } from '../../domain/follow-ups/task.ts';
import type { DueItem } from '../../domain/cadence/view.ts';

const nothingDue = (time: string) => `今天没有到期的跟进（${time}）`;

/** What one member owes today; see `list-due`. */
type DueToday = {
  staffId: string;
  total: number;
  items: DueItem[];
  tasks: { total: number; items: TaskView[] };
};

/**
 * Answers a member who asked at `askedAt` what is due today: once for each time of asking, however often it is reported, and
 * whatever they were told today. The time of asking stands in the answer: WeCom keeps back a text that it had a while ago.
 *
 * @returns `false` when it was answered.
 * @throws {WecomError | WecomUnreachable} after the ledger has kept the reason.
 */
export async function notifyDue(
  { ledger, wecom, site, now }: Pick<Context, 'ledger' | 'wecom' | 'site' | 'now'>,
  { staffId, total, items, tasks }: DueToday,
  askedAt: Date,
): Promise<boolean> {
  const today = calendarDay(now(), site.timeZone);
  const linkOf = ({ externalUserId }: Pick<DueItem, 'externalUserId'>) =>
    externalUserId && `${site.publicUrl}/sidebar/?contact=${encodeURIComponent(externalUserId)}`;
  const time = clockTime(askedAt, site.timeZone);
  const text =
    total === 0 && tasks.total === 0
      ? nothingDue(time)
      : reminderText({ today, time, total, items, tasks, linkOf });
  const right = { purpose: 'tell-due', key: staffId, day: askedAt.toISOString() };
  return ledger.once(right, now(), () => wecom.messages.sendText(staffId, text));
}
