import type { Context } from '../../context.ts';
import { calendarDay } from '../../domain/calendar.ts';

/** Notes the end of every chain of the audit log, in the log and in a file beside the database. @returns how many chains */
export async function writeHeads(
  { audit, headsFile, site, now }: Pick<Context, 'audit' | 'headsFile' | 'site' | 'now'>,
  by: string,
): Promise<number> {
  const at = now();
  const heads = await audit.noteHeads({ by, at });
  await headsFile(calendarDay(at, site.timeZone), JSON.stringify({ at: at.toISOString(), heads }));
  return heads.length;
}
