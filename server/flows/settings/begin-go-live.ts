import type { Context } from '../../context.ts';
import { calendarDay, type Day } from '../../domain/calendar.ts';

type Needs = Pick<Context, 'followUps' | 'settings' | 'syncs' | 'site' | 'audit' | 'now'>;

/**
 * Sets the go-live day while nobody has: to this one, or to that of the first successful synchronisation; after an update to
 * that of the oldest follow-up, if it is earlier. Repeatable. Source: domain.md §6.
 *
 * @returns whether it was set now; `false` also while nothing has happened yet.
 */
export async function beginGoLive(context: Needs, given?: Day): Promise<boolean> {
  const { settings, audit, now } = context;
  const { value, version } = await settings.readSection('goLive');
  if (value.day) return false;
  const day = given ?? (await firstDay(context));
  if (!day) return false;
  const by = { by: 'go-live', at: now() };
  if (!(await settings.save('goLive', { value: { day }, version }, by))) return false;
  await audit.note([{ ...by, act: 'settings.goLive', subject: 'settings:goLive', from: value, to: { day } }]);
  return true;
}

async function firstDay({ followUps, syncs, site }: Needs): Promise<Day | null> {
  const times = (await Promise.all([followUps.firstAt(), syncs.firstDoneAt()])).flatMap((at) => at ?? []);
  const first = times.toSorted((a, b) => a.getTime() - b.getTime())[0];
  return first ? calendarDay(first, site.timeZone) : null;
}
