import type { Context } from '../../context.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { WecomError, WecomShut, WecomUnreachable } from '../../wecom/client/error.ts';

/** A welcome code is good for so long. Source: wecom.md §2.1. */
const USEFUL_MS = 20_000;

/** Too late (41050), or another app or a chat was first (41051): nothing is left to do. */
const SETTLED = [41050, 41051];

type Key = { staffId: string; externalUserId: string };
type Welcome = { welcomeCode: string; happenedAt: Date };

/**
 * What became of it; `late`: the code has run out; `settled`: somebody was first; `again`: worth another call in a second, e.g.
 * because another app is just handing one out (41096); `none`: nobody is to be welcomed, or it was done.
 */
export type Welcomed = 'sent' | 'late' | 'settled' | 'again' | 'none';

/**
 * Greets a new contact for a member once a day, while the code is good: a half addition and the full one after it may bring a
 * code each.
 *
 * @throws {WecomError | WecomUnreachable} after the ledger has kept the reason.
 */
export async function welcomeContact(
  { ledger, wecom, site, now }: Pick<Context, 'ledger' | 'wecom' | 'site' | 'now'>,
  { staffId, externalUserId }: Key,
  { welcomeCode, happenedAt }: Welcome,
): Promise<Welcomed> {
  if (!site.welcomeText) return 'none';
  if (now().getTime() - happenedAt.getTime() > USEFUL_MS) return 'late';
  const day = calendarDay(happenedAt, site.timeZone);
  const right = { purpose: 'welcome', key: `${staffId.toLowerCase()}.${externalUserId}`, day };
  try {
    const send = () => wecom.messages.welcome(welcomeCode, site.welcomeText);
    return (await ledger.once(right, now(), send)) ? 'sent' : 'none';
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome) return outcome;
    throw error;
  }
}

/** Null for a failure that nobody expected. What was certainly not sent may go out in a second. */
function outcomeOf(error: unknown): 'again' | 'settled' | null {
  if (error instanceof WecomShut) return 'again';
  if (error instanceof WecomUnreachable) return error.isUnsent ? 'again' : null;
  if (!(error instanceof WecomError)) return null;
  if (SETTLED.includes(error.errcode)) return 'settled';
  return error.isTransient ? 'again' : null;
}
