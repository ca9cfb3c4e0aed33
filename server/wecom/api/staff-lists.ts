import { z } from 'zod';
import { code, count, eachRow, idText, paged, rows, words } from '../client/answer-shapes.ts';
import { always, defineCall, definePages } from '../client/define-call.ts';

/** Members directly in a department, by name only. */
export const memberNames = defineCall({
  path: '/cgi-bin/user/simplelist',
  method: 'GET',
  request: z.strictObject({ department_id: z.int() }),
  ask: (departmentId: number) => ({ department_id: departmentId }),
  answer: z.object({
    userlist: eachRow(z.object({ userid: idText, name: words, department: rows(code) })),
  }),
  tell: ({ userlist: members }) =>
    members.map(({ userid, name, department }) => ({ staffId: userid, name, departmentIds: department })),
});

/** Ids of every member in sight, once for each department they are in. */
export const memberIds = definePages({
  path: '/cgi-bin/user/list_id',
  request: z.strictObject({ limit: z.int() }),
  ask: always({ limit: 10_000 }),
  answer: z.object({
    dept_user: eachRow(z.object({ userid: idText, department: code })),
    ...paged,
  }),
  tell: ({ dept_user: found }) =>
    found.map(({ userid: staffId, department: departmentId }) => ({ staffId, departmentId })),
});

const below = {
  method: 'GET' as const,
  request: z.strictObject({ id: z.int().optional() }),
  ask: (departmentId: number | void) => ({ id: departmentId ?? undefined }),
};

/** Departments without names: below one, or all in sight. */
export const departmentTree = defineCall({
  path: '/cgi-bin/department/simplelist',
  ...below,
  answer: z.object({ department_id: eachRow(z.object({ id: code, parentid: count, order: count })) }),
  tell: ({ department_id: found }) =>
    found.map(({ id, parentid, order }) => ({ departmentId: id, parentId: parentid, order })),
});

/** One department. */
export const oneDepartment = defineCall({
  path: '/cgi-bin/department/get',
  method: 'GET',
  request: z.strictObject({ id: z.int() }),
  ask: (departmentId: number) => ({ id: departmentId }),
  answer: z.object({
    department: z.object({
      id: code,
      name: words,
      name_en: words,
      department_leader: rows(z.string()),
      parentid: count,
      order: count,
    }),
  }),
  tell: ({ department: found }) => ({
    departmentId: found.id,
    name: found.name,
    parentId: found.parentid,
    leaderIds: found.department_leader,
  }),
});
