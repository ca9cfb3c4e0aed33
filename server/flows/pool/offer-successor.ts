import type { Context } from '../../context.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { successorCardText, successorSubject, SUCCESSOR_BUTTONS } from '../../domain/staff/successor.ts';
import type { Staff } from '../../store/staff.ts';

/** What one leader is to decide; see `list-successor-offers`. */
export type Offered = { leaderId: string; leaver: Staff; heir: Staff; count: number };

/**
 * Asks one leader whether the proposed heir should take over: a card with two buttons, at most once per leaver and heir.
 *
 * @returns `false` when the leader was asked before.
 * @throws {WecomError | WecomUnreachable} after the ledger has kept the reason.
 */
export async function offerSuccessor(
  { ledger, wecom, site, now }: Pick<Context, 'ledger' | 'wecom' | 'site' | 'now'>,
  { leaderId, leaver, heir, count }: Offered,
): Promise<boolean> {
  const day = calendarDay(leaver.inactiveAt ?? now(), site.timeZone);
  const subject = successorSubject(leaver._id, heir._id);
  const hasLeft = leaver.standing === 'left';
  const card = {
    taskId: taskIdOf([leaver._id, heir._id, leaderId, day]),
    title: '客户待接手',
    description: '请确认由谁接手',
    text: successorCardText({ leaver: leaver.name, heir: heir.name, count, hasLeft }),
    url: `${site.publicUrl}/console/`,
    buttons: [
      { text: '同意', key: `${SUCCESSOR_BUTTONS.accept}:${subject}`, style: 1 as const },
      { text: '稍后处理', key: `${SUCCESSOR_BUTTONS.postpone}:${subject}`, style: 2 as const },
    ],
  };
  const right = { purpose: 'heir', key: `${leaderId}.${subject}`, day };
  return ledger.once(right, now(), async () => (await wecom.messages.sendButtonCard(leaderId, card)).msgid);
}

/** WeCom takes at most 128 letters, digits, `_`, `-` and `@`, and each id once. Source: wecom.md §3.13. */
function taskIdOf(parts: readonly string[]): string {
  return ['heir', ...parts.map((part) => part.replace(/[^0-9A-Za-z_\-@]/g, '-').slice(-32))].join('_');
}
