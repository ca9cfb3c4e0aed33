import type { Context } from '../../context.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { reminderText } from '../../domain/texts.ts';
import type { TaskView } from '../../domain/follow-ups/task.ts';
import type { DueItem } from '../../domain/cadence/view.ts';

/** What one member owes today; see `list-due`. */
export type DueToday = {
  staffId: string;
  total: number;
  items: DueItem[];
  tasks: { total: number; items: TaskView[] };
};

/**
 * Sends one member the day's due and overdue follow-ups, at most once a day.
 *
 * @returns `false` when there is nothing to tell, or it was told today.
 * @throws {WecomError | WecomUnreachable} after the ledger has kept the reason.
 */
export async function remindOwner(
  { ledger, wecom, site, now }: Pick<Context, 'ledger' | 'wecom' | 'site' | 'now'>,
  { staffId, total, items, tasks }: DueToday,
): Promise<boolean> {
  if (total === 0 && tasks.total === 0) return false;
  const today = calendarDay(now(), site.timeZone);
  const linkOf = ({ externalUserId }: Pick<DueItem, 'externalUserId'>) =>
    externalUserId && `${site.publicUrl}/sidebar/?contact=${encodeURIComponent(externalUserId)}`;
  const text = reminderText({ today, total, items, tasks, linkOf });
  const right = { purpose: 'remind', key: staffId, day: today };
  return ledger.once(right, now(), () => wecom.messages.sendText(staffId, text));
}
