import type { Context } from '../../context.ts';
import { isWorkingTime } from '../../domain/calendar.ts';
import { NOTIFIED_AT_ANY_HOUR, type WarningKind } from '../../domain/warnings/kinds.ts';
import { raiseWarnings } from './raise-warnings.ts';
import { notifyWarnings } from './notify-warnings.ts';

/**
 * Looks at one account now that something happened, for warnings of these kinds. In working hours people are told at once,
 * otherwise in the morning, but for kinds that wait for no hour; what WeCom does not take waits for the morning, too.
 *
 * @returns how many were raised.
 */
export async function warnAtOnce(
  context: Context,
  accountId: string,
  kinds: readonly WarningKind[],
): Promise<number> {
  const { accounts, settings, site, warnings, log, now } = context;
  const account = await accounts.resolveMerged(accountId);
  if (!account) return 0;
  const { raisedIds } = await raiseWarnings(context, [account], kinds);
  const { cadence, calendar } = await settings.read();
  const isNow =
    kinds.every((kind) => NOTIFIED_AT_ANY_HOUR.includes(kind)) ||
    isWorkingTime(now(), site.timeZone, { hours: cadence.workingHours, calendar });
  if (raisedIds.length === 0 || !isNow) return raisedIds.length;
  for (const staffId of await warnings.untoldAmong(raisedIds)) {
    await notifyWarnings(context, staffId, raisedIds).catch((error: unknown) =>
      log.warn({ error, accountId }, 'a warning waits for the morning'),
    );
  }
  return raisedIds.length;
}
