import type { DoctorParts } from '../../context.ts';
import { fine, warned, type Verdict } from '../../domain/doctor/doctor-checks.ts';

const SHOWN = 3;

/** What waits for an administrator. */
export async function checkNotices({ book }: Pick<DoctorParts, 'book'>): Promise<Verdict> {
  const tried = '查看提醒事项';
  const open = await (await book()).notices.open();
  if (open.length === 0) return fine(tried, '没有等待处理的提醒');
  const texts = open.slice(0, SHOWN).map(({ text }) => text);
  return warned(tried, `${open.length} 条等待处理：\n${texts.join('\n')}`, { code: 'open' });
}
