import type { DoctorBook, DoctorParts } from '../../context.ts';
import { fine, warned, type Verdict } from '../../domain/doctor/doctor-checks.ts';

type Parts = Pick<DoctorParts, 'book' | 'now' | 'readJobs' | 'settings'>;

/** A nightly job may be so late, with half a night to spare. */
const LATE_HOURS = 36;
const HOUR_MS = 3_600_000;
const NIGHTLY = 'sync-contacts';

/** Whether the nightly synchronisation still ends well, and no run of today is missing that is to be made up for. */
export async function checkJobs(parts: Parts): Promise<Verdict> {
  const { runs } = await parts.book();
  const run = await runs.find(NIGHTLY);
  const tried = `最近一次成功的 ${NIGHTLY}`;
  if (!run?.lastGoodAt) return warned(tried, '还没有成功过', { code: 'never_ran' });
  const hours = Math.floor((parts.now().getTime() - run.lastGoodAt.getTime()) / HOUR_MS);
  const answer = hours < 1 ? '不到 1 小时前' : `${hours} 小时前`;
  if (hours >= LATE_HOURS) return warned(tried, answer, { code: 'late' });
  const missed = await missedOf(parts, runs);
  if (missed.length === 0) return fine(tried, answer);
  const lines = missed.map(({ name, rule }) => `${name}：${rule}`);
  return warned(`${tried}；今天到时的任务`, `${answer}；今天错过、还没有补做：\n${lines.join('\n')}`, {
    code: 'missed',
  });
}

async function missedOf({ now, readJobs, settings }: Parts, runs: DoctorBook['runs']) {
  const jobs = (await readJobs?.(runs, { now: now(), timeZone: settings.timeZone })) ?? [];
  return jobs.filter(({ isMissed }) => isMissed);
}
