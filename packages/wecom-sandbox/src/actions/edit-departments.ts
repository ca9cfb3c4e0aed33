import { ActionError } from '../action-error.ts';
import { departmentsFrom } from '../api/departments.ts';
import type { SandboxDepartment } from '../corp.ts';
import type { Platform } from '../platform.ts';
import type { XmlField } from '../state.ts';
import { tellStaff } from './tell-staff.ts';

/** @throws {ActionError} 404 `unknown_department` */
function departmentWith({ state }: Platform, id: number): SandboxDepartment {
  const department = state.corp.departments.find((candidate) => candidate.id === id);
  if (!department) throw new ActionError(404, 'unknown_department', '没有这个部门');
  return department;
}

/** A department is made; announced as create_party. @throws {ActionError} 404 */
export function createDepartment(
  platform: Platform,
  { name, parentId, order = 0 }: { name: string; parentId: number; order?: number | undefined },
): { id: number } {
  departmentWith(platform, parentId);
  const { departments } = platform.state.corp;
  const id = Math.max(...departments.map((department) => department.id)) + 1;
  departments.push({ id, name, parentId, order });
  tellStaff(platform, 'create_party', [
    ['Id', String(id)],
    ['Name', name],
    ['ParentId', String(parentId)],
    ['Order', String(order)],
  ]);
  return { id };
}

/** A department is renamed or moved; announced as update_party with what changed. @throws {ActionError} 404, 409 `own_child` */
export function updateDepartment(
  platform: Platform,
  { id, name, parentId }: { id: number; name?: string | undefined; parentId?: number | undefined },
): void {
  const department = departmentWith(platform, id);
  const fields: XmlField[] = [['Id', String(id)]];
  if (parentId !== undefined) {
    departmentWith(platform, parentId);
    if (departmentsFrom(platform, id).some((below) => below.id === parentId))
      throw new ActionError(409, 'own_child', '部门不能移到自己下面');
    department.parentId = parentId;
    fields.push(['ParentId', String(parentId)]);
  }
  if (name !== undefined) {
    department.name = name;
    fields.push(['Name', name]);
  }
  tellStaff(platform, 'update_party', fields);
}

/** An empty department is deleted; announced as delete_party. @throws {ActionError} 404, 409 `not_empty` */
export function deleteDepartment(platform: Platform, { id }: { id: number }): void {
  const department = departmentWith(platform, id);
  const { departments, staff } = platform.state.corp;
  const isUsed = staff.some((member) => member.status !== 5 && member.departments.includes(id));
  if (isUsed || departments.some((other) => other.parentId === id))
    throw new ActionError(409, 'not_empty', '部门下还有成员或子部门');
  departments.splice(departments.indexOf(department), 1);
  tellStaff(platform, 'delete_party', [['Id', String(id)]]);
}
