import type { Context } from '../../context.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { WecomError } from '../../wecom/error.ts';

/** A welcome code is good for so long. Source: wecom.md §2.1. */
const USEFUL_MS = 20_000;

/** Too late (41050), or another app or a chat was first (41051): nothing is left to do. */
const SETTLED = [41050, 41051];

type Key = { staffId: string; externalUserId: string };
type Welcome = { welcomeCode: string | undefined; happenedAt: Date };

/**
 * Greets a new contact for a member once a day, while the code is good: a half addition and the full one after it may bring a
 * code each.
 *
 * @returns `true` when the greeting went out.
 */
export async function welcomeContact(
  { ledger, wecom, site, now }: Pick<Context, 'ledger' | 'wecom' | 'site' | 'now'>,
  { staffId, externalUserId }: Key,
  { welcomeCode, happenedAt }: Welcome,
): Promise<boolean> {
  if (!welcomeCode || !site.welcomeText || now().getTime() - happenedAt.getTime() > USEFUL_MS) return false;
  const day = calendarDay(happenedAt, site.timeZone);
  const right = { purpose: 'welcome', key: `${staffId}.${externalUserId}`, day };
  try {
    return await ledger.once(right, now(), () => wecom.messages.welcome(welcomeCode, site.welcomeText));
  } catch (error) {
    if (error instanceof WecomError && SETTLED.includes(error.errcode)) return false;
    throw error;
  }
}
