import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { SandboxStaff } from '../corp.ts';
import type { Platform } from '../platform.ts';
import { defineApi } from './define-api.ts';
import { departmentId, departmentsFrom } from './departments.ts';
import { pageOf } from './page-rows.ts';

/** Members of a department in the app's sight, with `fetch_child` also of those below. */
function staffOf(
  platform: Platform,
  fields: { department_id: number; fetch_child?: string },
): SandboxStaff[] {
  const branch = departmentsFrom(platform, fields.department_id).map((department) => department.id);
  const ids = new Set(fields.fetch_child === '1' ? branch : [fields.department_id]);
  return platform.state.corp.staff.filter(
    (member) => member.isVisible && member.status !== 5 && member.departments.some((id) => ids.has(id)),
  );
}

/** What an app made since June 2022 sees: no avatar, gender, mobile, e-mail, address. Source: wecom.md §3.2. */
function fullStaff(member: SandboxStaff, corpName: string): Record<string, unknown> {
  return {
    userid: member.userid,
    name: member.name,
    department: member.departments,
    order: member.departments.map(() => 0),
    position: member.position,
    is_leader_in_dept: member.departments.map((id) => (member.leads.includes(id) ? 1 : 0)),
    direct_leader: member.directLeaders,
    telephone: '',
    alias: '',
    extattr: { attrs: [] },
    status: member.status,
    main_department: member.departments[0] ?? 1,
    external_position: member.position,
    external_profile: { external_corp_name: corpName, external_attr: [] },
  };
}

const listFields = z.object({ department_id: departmentId, fetch_child: z.string().optional() });

/** Members of the address book. Source: wecom.md §3.2. */
export const staffApis = [
  defineApi({
    method: 'GET',
    path: '/cgi-bin/user/list',
    title: '获取部门成员详情',
    empty: { userlist: [] },
    fields: listFields,
    run: (platform, fields) => ({
      userlist: staffOf(platform, pick(fields)).map((member) =>
        fullStaff(member, platform.state.corp.corpName),
      ),
    }),
  }),
  defineApi({
    method: 'GET',
    path: '/cgi-bin/user/simplelist',
    title: '获取部门成员',
    empty: { userlist: [] },
    fields: listFields,
    run: (platform, fields) => ({
      userlist: staffOf(platform, pick(fields)).map(({ userid, name, departments }) => ({
        userid,
        name,
        department: departments,
      })),
    }),
  }),
  defineApi({
    method: 'GET',
    path: '/cgi-bin/user/get',
    title: '读取成员',
    fields: z.object({ userid: z.string() }),
    missing: { userid: 40003 },
    run: ({ state, book, rules }, { userid }) => {
      const member = book.staff(userid);
      if (!member || member.status === 5) throw new ApiError(60111);
      if (!member.isVisible) throw new ApiError(rules.unseenErrcode);
      return fullStaff(member, state.corp.corpName);
    },
  }),
  defineApi({
    method: 'POST',
    path: '/cgi-bin/user/list_id',
    title: '获取成员 ID 列表',
    empty: { next_cursor: '', dept_user: [] },
    fields: z.object({ cursor: z.string().optional(), limit: z.number().optional() }),
    run: ({ state }, { cursor, limit }) => {
      const rows = state.corp.staff
        .filter((member) => member.isVisible && member.status !== 5)
        .flatMap(({ userid, departments }) => departments.map((department) => ({ userid, department })));
      const keyOf = (row: (typeof rows)[number]) => `${row.userid}|${row.department}`;
      const page = pageOf(rows, { keyOf, query: 'list_id', cursor, limit, max: 10_000, usual: 10_000 });
      return { next_cursor: page.nextCursor, dept_user: page.rows };
    },
  }),
];

/** Drops an absent optional, which exact optional types tell from undefined. */
function pick({ department_id, fetch_child }: z.infer<typeof listFields>) {
  return { department_id, ...(fetch_child === undefined ? {} : { fetch_child }) };
}
