import { ActionError } from '../action-error.ts';
import type { SandboxStaff } from '../corp.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { renameStaff } from '../rename-staff.ts';
import type { XmlField } from '../state.ts';
import { staffNamed } from './find-relation.ts';
import { tellStaff } from './tell-staff.ts';

/** What the console writes about a member; what is absent stays, or is as usual for a new one. */
export type StaffFields = {
  name?: string | undefined;
  position?: string | undefined;
  departments?: number[] | undefined;
  leads?: number[] | undefined;
  directLeaders?: string[] | undefined;
  /** 1 active, 2 disabled, 4 not activated; who leaves is removed. */
  status?: 1 | 2 | 4 | undefined;
};

/** @throws {ActionError} 404 `unknown_department` */
function checkDepartments({ state }: Platform, ids: number[]): void {
  const known = state.corp.departments.map((department) => department.id);
  if (ids.some((id) => !known.includes(id))) throw new ActionError(404, 'unknown_department', '没有这个部门');
}

/** Elements by the field that they tell. */
const ELEMENTS: Readonly<Record<keyof StaffFields, (member: SandboxStaff) => XmlField[]>> = {
  name: ({ name }) => [['Name', name]],
  position: ({ position }) => [['Position', position]],
  departments: ({ departments }) => [
    ['Department', departments.join(',')],
    ['MainDepartment', String(departments[0] ?? 1)],
  ],
  leads: ({ departments, leads }) => [
    ['IsLeaderInDept', departments.map((id) => (leads.includes(id) ? 1 : 0)).join(',')],
  ],
  directLeaders: ({ directLeaders }) => [['DirectLeader', directLeaders.join(',')]],
  status: ({ status }) => [['Status', String(status)]],
};

/** What an event tells of these fields; an empty text is absent. */
function elementsOf(member: SandboxStaff, names: (keyof StaffFields)[]): XmlField[] {
  return names.flatMap((name) => ELEMENTS[name](member)).filter(([, value]) => value !== '');
}

const FIELDS: (keyof StaffFields)[] = ['name', 'departments', 'leads', 'directLeaders', 'position', 'status'];

/** A member about whom nothing else was said. */
const plainStaff = (userid: string): SandboxStaff => ({
  userid,
  name: userid,
  position: '',
  departments: [1],
  leads: [],
  directLeaders: [],
  status: 1,
  isVisible: true,
  hasCustomers: true,
});

/** A member joins the corp; announced as create_user. @throws {ActionError} 400 `wrong_userid`, 404, 409 `staff_exists` */
export function createStaff(
  platform: Platform,
  wish: StaffFields & {
    userid: string;
    isVisible?: boolean | undefined;
    hasCustomers?: boolean | undefined;
  },
): void {
  const { userid } = wish;
  checkUserid(platform, userid);
  checkDepartments(platform, wish.departments ?? []);
  const given = Object.entries(wish).filter(([, value]) => value !== undefined);
  const member: SandboxStaff = { ...plainStaff(userid), ...Object.fromEntries(given) };
  platform.book.addStaff(member);
  tellStaff(platform, 'create_user', [['UserID', userid], ...elementsOf(member, FIELDS)]);
}

/** 1 to 64 letters, digits and `_-@.`, beginning with a letter or digit; not taken. */
function checkUserid({ book }: Platform, userid: string): void {
  if (!/^[A-Za-z0-9][\w.@-]{0,63}$/.test(userid))
    throw new ActionError(400, 'wrong_userid', '成员账号只能由 64 位以内的字母、数字和 _-@. 组成');
  const known = book.staff(userid);
  if (known) throw new ActionError(409, 'staff_exists', '已有这个账号的成员');
}

/** Another name, position, department or status, or with `newUserid` another id; announced as update_user with what changed. @throws {ActionError} 400, 404, 409 */
export function updateStaff(
  platform: Platform,
  { userid, newUserid, ...changes }: StaffFields & { userid: string; newUserid?: string | undefined },
): void {
  const member = staffNamed(platform, userid);
  const formerId = member.userid;
  checkDepartments(platform, changes.departments ?? []);
  const changed = FIELDS.filter((name) => changes[name] !== undefined);
  Object.assign(member, Object.fromEntries(changed.map((name) => [name, changes[name]])));
  if (newUserid !== undefined && newUserid !== formerId) {
    if (newUserid.toLowerCase() !== formerId.toLowerCase()) checkUserid(platform, newUserid);
    renameStaff(platform, member, newUserid);
  }
  const renamed: XmlField[] = member.userid === formerId ? [] : [['NewUserID', member.userid]];
  tellStaff(platform, 'update_user', [['UserID', formerId], ...renamed, ...elementsOf(member, changed)]);
}

/** A member leaves; the customers wait for somebody to inherit them. Announced as delete_user. @throws {ActionError} 404 */
export function removeStaff(platform: Platform, { userid }: { userid: string }): void {
  const member = staffNamed(platform, userid);
  if (member.status === 5) throw new ActionError(409, 'already_left', '这位成员已经离职');
  member.status = 5;
  member.leftAt = unixNow(platform);
  tellStaff(platform, 'delete_user', [['UserID', member.userid]]);
}
