import type { DoctorParts } from '../../context.ts';
import { failed, fine, skipped, warned, type Verdict } from '../../domain/doctor/doctor-checks.ts';

/** Seconds by which our clock may differ from WeCom's, which are whole seconds anyway. */
const WARN_SECONDS = 30;
const FAIL_SECONDS = 300;

/** Compares our clock with the `Date` header of WeCom's answer. */
export async function checkClock({ probe }: Pick<DoctorParts, 'probe'>): Promise<Verdict> {
  const heard = await probe.knock();
  const theirs = heard.is === 'answer' && heard.date ? Date.parse(heard.date) : Number.NaN;
  if (heard.is !== 'answer' || Number.isNaN(theirs)) return skipped('接口的回答里没有时间');
  const seconds = Math.round((heard.at.getTime() - theirs) / 1000);
  const tried = '与接口回答的 Date 比较';
  const answer = `本机${seconds < 0 ? '慢' : '快'} ${Math.abs(seconds)} 秒`;
  if (Math.abs(seconds) > FAIL_SECONDS) return failed(tried, answer, { code: 'clock_off' });
  if (Math.abs(seconds) > WARN_SECONDS) return warned(tried, answer, { code: 'clock_off' });
  return fine(tried, '与企业微信一致');
}
