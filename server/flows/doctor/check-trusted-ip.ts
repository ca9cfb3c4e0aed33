import type { DoctorParts } from '../../context.ts';
import { failed, fine, refused, type Verdict } from '../../domain/doctor/doctor-checks.ts';

const NOT_TRUSTED = 60020;

/** Whether WeCom takes calls from this server's address; when not, it tells which address it saw. */
export async function checkTrustedIp({ probe }: Pick<DoctorParts, 'probe'>): Promise<Verdict> {
  const tried = 'GET /cgi-bin/externalcontact/get_follow_user_list';
  const answer = await probe.api('/cgi-bin/externalcontact/get_follow_user_list');
  if (answer.is === 'unusable') return refused(tried, answer);
  if (answer.is === 'good' || answer.errcode !== NOT_TRUSTED) return fine(tried, '企业微信接受本机的地址');
  const seen = answer.seenIp ? `企业微信看到的地址是 ${answer.seenIp}，不在企业可信 IP 里` : answer.errmsg;
  return failed(tried, `errcode ${NOT_TRUSTED}：${seen}`, {
    code: String(NOT_TRUSTED),
    subject: answer.seenIp ?? '',
  });
}
