import type { DoctorParts } from '../../context.ts';
import { fine, warned, type Verdict } from '../../domain/doctor/doctor-checks.ts';

/** Whether WeCom has ever sent an event: only that proves that Token, key and kinds of events are right on its side, too. */
export async function checkEvents({ book }: Pick<DoctorParts, 'book'>): Promise<Verdict> {
  const tried = '查看是否收到过企业微信的事件';
  const [newest] = await (await book()).inbox.list(null, 1);
  return newest
    ? fine(tried, `最近一个在 ${newest.receivedAt.toISOString()}`)
    : warned(tried, '从未收到过。企业微信后台保存的 Token 和勾选的事件，我们从这里看不到', { code: 'never' });
}
