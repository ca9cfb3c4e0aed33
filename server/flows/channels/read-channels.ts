import type { Context } from '../../context.ts';
import { addMonths, calendarDay, startOfDay, type Day } from '../../domain/calendar.ts';
import { createChannelReport } from '../../domain/channels/channel.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { batchesOf } from '../../infra/streams.ts';

type Needs = Pick<Context, 'channels' | 'settings' | 'site' | 'now'>;

const USUAL_MONTHS = 12;
const AT_ONCE = 500;

/**
 * What each channel brought: contacts → accounts → orders → revenue, of accounts known since that day (else in the last 12
 * months), for managers of their team's, for administrators of all. Source: domain.md §13.
 */
export async function readChannels(
  { channels, settings, site, now }: Needs,
  { role, teamIds }: Caller,
  since: Day | undefined,
) {
  const today = calendarDay(now(), site.timeZone);
  const from = since ?? addMonths(today, -USUAL_MONTHS);
  const report = createChannelReport((await settings.read()).channels);
  const wish = {
    since: startOfDay(from, site.timeZone),
    ownerIds: role === 'admin' ? null : teamIds,
  };
  for await (const batch of batchesOf(channels.came(wish), AT_ONCE)) {
    const brought = await channels.broughtBy(
      batch.map(({ _id }) => _id),
      today,
    );
    for (const { _id, source } of batch) report.add(source, brought.get(_id));
  }
  return { since: from, channels: report.rows() };
}
