import type { DoctorParts } from '../../context.ts';
import { fine, warned, type Verdict } from '../../domain/doctor/doctor-checks.ts';

/** An event that is due is taken up within a minute; so much later somebody has stopped working. */
const STUCK_MINUTES = 10;
const MINUTE_MS = 60_000;

/** Whether callback events are worked through: none parked, none waiting for long. */
export async function checkInbox({ book, now }: Pick<DoctorParts, 'book' | 'now'>): Promise<Verdict> {
  const { inbox } = await book();
  const at = now();
  const failures = await inbox.count('failed');
  const [oldest] = await inbox.due(at, 1);
  const minutes = oldest ? Math.floor((at.getTime() - oldest.dueAt.getTime()) / MINUTE_MS) : 0;
  const tried = '查看未处理完的回调事件';
  const answer = `失败 ${failures}，最久的到期 ${minutes} 分钟仍未处理`;
  if (failures > 0) return warned(tried, answer, { code: 'failed_events' });
  if (minutes >= STUCK_MINUTES) return warned(tried, answer, { code: 'stuck' });
  return fine(tried, '没有失败或积压');
}
