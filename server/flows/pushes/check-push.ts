import type { Context } from '../../context.ts';
import { cadenceOf } from '../../domain/cadence.ts';
import { calendarDay } from '../../domain/calendar.ts';
import type { Account } from '../../store/account-model.ts';

/** Whether another push would come too soon, by the minimum gap since the last touch. Source: domain.md §6. */
export async function checkPush(
  { settings, site, now }: Pick<Context, 'settings' | 'site' | 'now'>,
  { account }: { account: Account },
) {
  const place = { timeZone: site.timeZone, ...(await settings.read()) };
  const { welcomeFrom } = cadenceOf(account, now(), place);
  return {
    isTooSoon: welcomeFrom !== null && calendarDay(now(), site.timeZone) < welcomeFrom,
    welcomeFrom,
    lastTouchAt: account.lastTouchAt?.toISOString() ?? null,
  };
}
