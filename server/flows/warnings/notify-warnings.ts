import type { Context } from '../../context.ts';
import { awayOn } from '../../domain/staff/absence.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { warningsText } from '../../domain/warnings/texts.ts';
import { warningLink } from '../../domain/warnings/view.ts';

type Needs = Pick<Context, 'absences' | 'accounts' | 'ledger' | 'warnings' | 'wecom' | 'site' | 'now'>;

/**
 * Tells one member what they have yet to be told of, in one message, each warning once; of these only when named. While they
 * are away their stand-in is told; without one it waits for them.
 *
 * @returns `false` when there was nothing, or nobody to tell.
 * @throws {WecomError | WecomUnreachable} after the ledger has kept the reason.
 */
export async function notifyWarnings(
  context: Needs,
  staffId: string,
  ids?: readonly string[],
): Promise<boolean> {
  const { absences, accounts, ledger, warnings, wecom, site, now } = context;
  const untold = await warnings.untoldOf(staffId, ids);
  const today = calendarDay(now(), site.timeZone);
  const away = awayOn(await absences.on(today), today);
  const listenerId = away.has(staffId) ? away.get(staffId) : staffId;
  const [newest] = untold;
  if (!newest || !listenerId || away.has(listenerId)) return false;
  const about = await accounts.findMany(untold.map(({ accountId }) => accountId));
  const names = new Map(about.map(({ _id, name }) => [_id, name]));
  const lines = untold.map((warning) => ({
    ...warning,
    accountName: names.get(warning.accountId) ?? '',
    link: warningLink(warning, site.publicUrl),
  }));
  // The newest one stands for all: a run that died before it could note them does not tell them again.
  const right = { purpose: 'warnings', key: staffId, day: newest._id };
  const isTold = await ledger.once(right, now(), () =>
    wecom.messages.sendText(listenerId, warningsText(lines)),
  );
  await warnings.markTold(
    staffId,
    untold.map(({ _id }) => _id),
  );
  return isTold;
}
