import type { DoctorParts } from '../../context.ts';
import { fine, skipped, warned, type Verdict } from '../../domain/doctor/doctor-checks.ts';

/** Whether ADMIN_USERIDS names members whom the address book knows, in any spelling. */
export async function checkAdmins({
  book,
  settings,
}: Pick<DoctorParts, 'book' | 'settings'>): Promise<Verdict> {
  const tried = '对照 ADMIN_USERIDS 与通讯录';
  const { adminIds } = settings;
  if (adminIds.length === 0) return warned(tried, '没有填写：谁都进不了管理后台的设置', { code: 'none' });
  const members = (await (await book()).staff.all()).map(({ _id }) => _id.toLowerCase());
  if (members.length === 0) return skipped('通讯录还没有同步过，同步之后再检查');
  const unknown = adminIds.filter((id) => !members.includes(id.toLowerCase()));
  if (unknown.length === 0) return fine(tried, `${adminIds.length} 位管理员都在通讯录里`);
  return warned(tried, `通讯录里没有：${unknown.join('、')}`, {
    code: 'unknown',
    subject: unknown.join('、'),
  });
}
