import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { SandboxDepartment } from '../corp.ts';
import type { Platform } from '../platform.ts';
import { defineApi } from './define-api.ts';

/** Comes as text in the query. */
export const departmentId = z.coerce.number().int();

/** A department and everything below it, in the corp's order. @throws {ApiError} 60123 for an unknown one. */
export function departmentsFrom({ state }: Platform, id: number | undefined): SandboxDepartment[] {
  const all = state.corp.departments;
  if (id === undefined) return all;
  if (!all.some((department) => department.id === id)) throw new ApiError(60123);
  const inside = new Set([id]);
  // Children may stand before their parents, once a department was moved.
  for (let size = 0; size < inside.size;) {
    size = inside.size;
    for (const department of all) if (inside.has(department.parentId)) inside.add(department.id);
  }
  return all.filter((department) => inside.has(department.id));
}

function departmentShape({ state }: Platform, department: SandboxDepartment): Record<string, unknown> {
  return {
    id: department.id,
    name: department.name,
    name_en: '',
    department_leader: state.corp.staff
      .filter((member) => member.status !== 5 && member.leads.includes(department.id))
      .map((member) => member.userid),
    parentid: department.parentId,
    order: department.order,
  };
}

/** Departments of the address book. Source: wecom.md §3.2. */
export const departmentApis = [
  defineApi({
    method: 'GET',
    path: '/cgi-bin/department/list',
    title: '获取部门列表',
    empty: { department: [] },
    fields: z.object({ id: departmentId.optional() }),
    run: (platform, { id }) => ({
      department: departmentsFrom(platform, id).map((department) => departmentShape(platform, department)),
    }),
  }),
  defineApi({
    method: 'GET',
    path: '/cgi-bin/department/simplelist',
    title: '获取子部门 ID 列表',
    empty: { department_id: [] },
    fields: z.object({ id: departmentId.optional() }),
    run: (platform, { id }) => ({
      department_id: departmentsFrom(platform, id).map((department) => ({
        id: department.id,
        parentid: department.parentId,
        order: department.order,
      })),
    }),
  }),
  defineApi({
    method: 'GET',
    path: '/cgi-bin/department/get',
    title: '获取单个部门详情',
    empty: { department: {} },
    fields: z.object({ id: departmentId }),
    missing: { id: 60123 },
    run: (platform, { id }) => {
      const department = platform.state.corp.departments.find((candidate) => candidate.id === id);
      if (!department) throw new ApiError(60123);
      return { department: departmentShape(platform, department) };
    },
  }),
];
