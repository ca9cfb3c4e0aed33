import type { DoctorParts } from '../../context.ts';
import { apiAnswerOf, fieldsOf } from '../../domain/doctor/doctor-answers.ts';
import { fine, refused, type Verdict } from '../../domain/doctor/doctor-checks.ts';

/** Whether WeCom itself answers at WECOM_API_URL: name, connection, certificate, HTTP, and JSON instead of a proxy's page. */
export async function checkApi({
  probe,
  settings,
}: Pick<DoctorParts, 'probe' | 'settings'>): Promise<Verdict> {
  const tried = `GET ${settings.apiUrl}/cgi-bin/gettoken（不带凭证）`;
  const heard = await probe.knock();
  const answer = apiAnswerOf(heard);
  // Some platforms refuse with a status as well: what counts is that the refusal is theirs.
  const isTheirs = heard.is === 'answer' && 'errcode' in (fieldsOf(heard.text) ?? {});
  if (answer.is !== 'unusable' || isTheirs) return fine(tried, `${settings.apiUrl} 有回应`);
  return refused(tried, answer);
}
