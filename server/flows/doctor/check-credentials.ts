import type { DoctorParts } from '../../context.ts';
import { fine, refused, type Verdict } from '../../domain/doctor/doctor-checks.ts';

/** Refusals that tell nothing about corp id and secret: they have checks of their own. */
const NOT_OURS = [60020, 50003];

/** Whether corp id and secret give an access token. */
export async function checkCredentials({ probe }: Pick<DoctorParts, 'probe'>): Promise<Verdict> {
  const tried = 'GET /cgi-bin/gettoken（企业 ID、应用 Secret）';
  const answer = await probe.token('app');
  if (answer.is === 'good' || (answer.is === 'refused' && NOT_OURS.includes(answer.errcode)))
    return fine(tried, '企业微信认得这个企业和应用');
  return refused(tried, answer);
}
