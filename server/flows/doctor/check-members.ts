import type { DoctorParts } from '../../context.ts';
import { fine, skipped, warned, type Verdict } from '../../domain/doctor/doctor-checks.ts';

const NOT_ACTIVATED = 4;
const ROOTS_ASKED = 5;
const SHOWN = 5;

type Row = Readonly<Record<string, unknown>>;

/** Whether the members who may follow customers have activated WeCom. Platforms without an address book do not tell. */
export async function checkMembers({ probe }: Pick<DoctorParts, 'probe'>): Promise<Verdict> {
  const followers = await listOf(probe, '/cgi-bin/externalcontact/get_follow_user_list', 'follow_user');
  const departments = await listOf(probe, '/cgi-bin/department/list', 'department');
  if (!followers || !departments) return skipped('应用读不到通讯录，无法查看成员是否激活');
  const sleeping = await sleepingIds(probe, departments as Row[]);
  if (!sleeping) return skipped('应用读不到成员状态（2022 年以后的应用可能没有权限）');
  const known = new Set(followers.map((id) => String(id).toLowerCase()));
  const concerned = sleeping.filter((id) => known.has(id.toLowerCase()));
  const tried = 'GET /cgi-bin/user/list（成员状态）';
  if (concerned.length === 0) return fine(tried, '可联系客户的成员都已激活');
  const rest = concerned.length > SHOWN ? ` 等 ${concerned.length} 人` : '';
  const names = `${concerned.slice(0, SHOWN).join('、')}${rest}`;
  return warned(tried, `未激活：${names}`, { code: 'not_activated', subject: names });
}

async function listOf(probe: DoctorParts['probe'], path: string, field: string): Promise<unknown[] | null> {
  const answer = await probe.api(path);
  const list = answer.is === 'good' ? answer.fields[field] : null;
  return Array.isArray(list) ? list : null;
}

/** Members below the topmost departments in sight who never signed in; null where a platform does not list members. */
async function sleepingIds(probe: DoctorParts['probe'], departments: Row[]): Promise<string[] | null> {
  const ids = new Set(departments.map(({ id }) => id));
  const roots = departments.filter(({ parentid }) => !ids.has(parentid)).slice(0, ROOTS_ASKED);
  const sleeping = new Set<string>();
  for (const { id } of roots) {
    const answer = await probe.api('/cgi-bin/user/list', { department_id: String(id), fetch_child: '1' });
    if (answer.is !== 'good' || !Array.isArray(answer.fields['userlist'])) return null;
    for (const { userid, status } of answer.fields['userlist'] as Row[])
      if (status === NOT_ACTIVATED) sleeping.add(String(userid));
  }
  return [...sleeping];
}
