import type { DoctorParts } from '../../doctor-parts.ts';
import { fine, warned, type Verdict } from '../../domain/doctor-checks.ts';

/** A nightly job may be so late, with half a night to spare. */
const LATE_HOURS = 36;
const HOUR_MS = 3_600_000;
const NIGHTLY = 'sync-contacts';

/** Whether the nightly synchronisation still ends well. */
export async function checkJobs({ book, now }: Pick<DoctorParts, 'book' | 'now'>): Promise<Verdict> {
  const run = await (await book()).runs.find(NIGHTLY);
  const tried = `最近一次成功的 ${NIGHTLY}`;
  if (!run?.lastGoodAt) return warned(tried, '还没有成功过', { code: 'never_ran' });
  const hours = Math.floor((now().getTime() - run.lastGoodAt.getTime()) / HOUR_MS);
  const answer = hours < 1 ? '不到 1 小时前' : `${hours} 小时前`;
  return hours < LATE_HOURS ? fine(tried, answer) : warned(tried, answer, { code: 'late' });
}
