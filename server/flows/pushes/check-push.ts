import type { Context } from '../../context.ts';
import { cadenceOf } from '../../domain/cadence/cadence.ts';
import type { Account } from '../../store/account-model.ts';

/** Whether another push would come too soon: inside the minimum gap, and nothing is owed. Source: domain.md §6. */
export async function checkPush(
  { settings, site, now }: Pick<Context, 'settings' | 'site' | 'now'>,
  { account }: { account: Account },
) {
  const place = { timeZone: site.timeZone, ...(await settings.read()) };
  const { state, welcomeFrom } = cadenceOf(account, now(), place);
  return {
    isTooSoon: state === 'too_soon',
    welcomeFrom,
    lastTouchAt: account.lastTouchAt?.toISOString() ?? null,
  };
}
