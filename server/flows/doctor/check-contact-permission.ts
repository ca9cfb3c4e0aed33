import type { DoctorParts } from '../../context.ts';
import { RANGE_CODES } from '../../domain/doctor/doctor-answers.ts';
import { fine, refused, skipped, type Verdict } from '../../domain/doctor/doctor-checks.ts';

/** Whether the app may call the APIs of 客户联系; any refusal that no earlier check has claimed counts. */
export async function checkContactPermission({
  probe,
  settings,
}: Pick<DoctorParts, 'probe' | 'settings'>): Promise<Verdict> {
  if (settings.hasContactSecret) return skipped('客户联系用的是 WECOM_CONTACT_SECRET，见下面的检查');
  const tried = 'GET /cgi-bin/externalcontact/get_follow_user_list';
  const answer = await probe.api('/cgi-bin/externalcontact/get_follow_user_list');
  const isClaimed = answer.is === 'refused' && RANGE_CODES.includes(answer.errcode);
  if (answer.is === 'good' || isClaimed) return fine(tried, '应用可以调用客户联系接口');
  return refused(tried, answer);
}
