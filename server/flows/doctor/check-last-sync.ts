import type { DoctorParts } from '../../context.ts';
import { fine, warned, type Verdict } from '../../domain/doctor/doctor-checks.ts';

/** How the latest synchronisation went, in its own words. */
export async function checkLastSync({ book }: Pick<DoctorParts, 'book'>): Promise<Verdict> {
  const tried = '查看最近一次同步';
  const run = await (await book()).syncs.latest();
  if (!run) return warned(tried, '还没有同步过', { code: 'never' });
  if (run.failure) return warned(tried, run.failure, { code: 'failed' });
  if (run.warning) return warned(tried, run.warning, { code: 'stopped' });
  const { rows, added, changed, lost } = run.counts;
  return fine(tried, `${rows} 条跟进关系；新增 ${added}，变更 ${changed}，流失 ${lost}`);
}
