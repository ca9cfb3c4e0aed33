import type { DoctorParts } from '../../context.ts';
import { RANGE_CODES, type ApiAnswer } from '../../domain/doctor/doctor-answers.ts';
import { failed, fine, refused, warned, type Verdict } from '../../domain/doctor/doctor-checks.ts';

const FOLLOWERS = '/cgi-bin/externalcontact/get_follow_user_list';
const DEPARTMENTS = '/cgi-bin/department/list';

/** Whether anybody is in the app's sight: departments, and members who may follow customers. */
export async function checkVisibleRange({ probe }: Pick<DoctorParts, 'probe'>): Promise<Verdict> {
  const [followers, departments] = [await probe.api(FOLLOWERS), await probe.api(DEPARTMENTS)];
  for (const [path, answer] of [
    [FOLLOWERS, followers],
    [DEPARTMENTS, departments],
  ] as const) {
    if (answer.is === 'refused' && RANGE_CODES.includes(answer.errcode))
      return refused(`GET ${path}`, answer);
  }
  return rangeVerdict(countOf(followers, 'follow_user'), countOf(departments, 'department'));
}

/** How many are listed; null where the platform does not tell. */
function countOf(answer: ApiAnswer, field: string): number | null {
  const list = answer.is === 'good' ? answer.fields[field] : null;
  return Array.isArray(list) ? list.length : null;
}

function rangeVerdict(followers: number | null, departments: number | null): Verdict {
  const tried = `GET ${DEPARTMENTS}，GET ${FOLLOWERS}`;
  const answer = `部门 ${departments ?? '未知'}，可联系客户的成员 ${followers ?? '未知'}`;
  if (departments === 0 && !followers) return failed(tried, answer, { code: 'empty_range' });
  if (followers === 0) return failed(tried, answer, { code: 'no_followers' });
  if (departments === 0) return warned(tried, answer, { code: 'no_departments' });
  return fine(tried, answer);
}
