import type { DoctorParts } from '../../context.ts';
import { fine, refused, skipped, type Verdict } from '../../domain/doctor/doctor-checks.ts';

/** Whether the old secret of 客户联系, where a corp still has one, opens its APIs. Source: wecom.md §3.0. */
export async function checkContactSecret({
  probe,
  settings,
}: Pick<DoctorParts, 'probe' | 'settings'>): Promise<Verdict> {
  if (!settings.hasContactSecret)
    return skipped('没有设置 WECOM_CONTACT_SECRET：用应用的 Secret，这是通常的做法');
  const token = await probe.token('contact');
  if (token.is !== 'good') return refused('GET /cgi-bin/gettoken（WECOM_CONTACT_SECRET）', token);
  const tried = 'GET /cgi-bin/externalcontact/get_follow_user_list（WECOM_CONTACT_SECRET）';
  const answer = await probe.api('/cgi-bin/externalcontact/get_follow_user_list', {}, 'contact');
  return answer.is === 'good' ? fine(tried, '可以调用客户联系接口') : refused(tried, answer);
}
