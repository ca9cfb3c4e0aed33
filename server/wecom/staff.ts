import { z } from 'zod';
import type { Standing } from '../domain/staff.ts';
import { code, count, mainRows, rows, words } from './answer-shapes.ts';
import type { WecomCall } from './call.ts';
import { WecomError, WecomUnreachable } from './error.ts';
import { departmentTree, memberIds, memberNames, oneDepartment } from './staff-lists.ts';

const Department = z.object({
  id: z.number().int(),
  name: words,
  parentid: count,
  department_leader: rows(z.string()),
});

const Member = z.object({
  userid: z.string().min(1),
  name: words,
  position: words,
  department: rows(code),
  is_leader_in_dept: rows(code),
  direct_leader: rows(z.string()),
  status: z.number().int().default(1),
});

/** A member as WeCom tells; `leaderOf` are departments. */
export type WecomMember = {
  staffId: string;
  name: string;
  position: string;
  departmentIds: number[];
  leaderOf: number[];
  directLeaderIds: string[];
  standing: Standing;
};

/** A department; the root has parent 0. `leaderIds` may be empty where WeCom does not tell. */
export type WecomDepartment = { departmentId: number; name: string; parentId: number; leaderIds: string[] };

/** Source: wecom.md §3.2; a number that is not here says nothing bad about the member. */
const STANDINGS: Readonly<Record<number, Standing>> = { 2: 'disabled', 4: 'not_activated', 5: 'left' };

/** The address book as far as the app may read it. */
export type WecomBook = { departments: WecomDepartment[]; members: WecomMember[] };

const NO_SUCH_MEMBER = 60111;

/** Members and departments of the address book. @see https://developer.work.weixin.qq.com/document/path/90196 */
export function createStaffApi(call: WecomCall) {
  const departments = () => readDepartments(call);
  const members = (departmentId: number) => readMembers(call, departmentId);
  const member = (staffId: string) => readMember(call, staffId);
  return {
    /** Departments in the app's visible range. */
    departments,
    /** Members directly in a department. */
    members,
    /** One member. */
    member,
    /** The departments, or null where the app may not read them or the server has no address book. */
    tree: (): Promise<WecomDepartment[] | null> => departments().catch(asNothing),
    /** Every department with its members, a member of several once; null where that may not be read. */
    async book(): Promise<WecomBook | null> {
      try {
        const all = await departments();
        const found = new Map<string, WecomMember>();
        for (const { departmentId } of all)
          for (const each of await members(departmentId)) found.set(each.staffId, each);
        return { departments: all, members: [...found.values()] };
      } catch (error) {
        return asNothing(error);
      }
    },
    /** One member; `unknown`: there is no such member (any more); `silent`: the book does not tell us. */
    look: (staffId: string): Promise<WecomMember | 'unknown' | 'silent'> =>
      member(staffId).catch((error: unknown) => {
        if (error instanceof WecomError && error.errcode === NO_SUCH_MEMBER) return 'unknown' as const;
        if (isUnavailable(error) || (error instanceof WecomError && !error.isTransient))
          return 'silent' as const;
        throw error;
      }),
    /** Members directly in a department, by name only. */
    names: memberNames(call),
    /** Ids of every member in sight, once for each department they are in. */
    ids: memberIds(call),
    /** Departments without names: below one, or all in sight. */
    departmentTree: departmentTree(call),
    /** One department. @throws {WecomError} 60123 there is none. */
    department: oneDepartment(call),
    /** The members who may follow customers. */
    async followers(): Promise<string[]> {
      const answer = z.object({ follow_user: mainRows(z.string()) });
      return (await call('/cgi-bin/externalcontact/get_follow_user_list', { answer })).follow_user;
    },
  };
}

async function readDepartments(call: WecomCall): Promise<WecomDepartment[]> {
  const answer = z.object({ department: mainRows(Department) });
  const { department } = await call('/cgi-bin/department/list', { answer });
  return department.map(({ id, name, parentid, department_leader: leaderIds }) => ({
    departmentId: id,
    name,
    parentId: parentid,
    leaderIds,
  }));
}

async function readMembers(call: WecomCall, departmentId: number): Promise<WecomMember[]> {
  const answer = z.object({ userlist: mainRows(Member) });
  const query = { department_id: departmentId, fetch_child: 0 };
  return (await call('/cgi-bin/user/list', { query, answer })).userlist.map(asMember);
}

const readMember = async (call: WecomCall, staffId: string): Promise<WecomMember> =>
  asMember(await call('/cgi-bin/user/get', { query: { userid: staffId }, answer: Member }));

/** The app may not read the address book, or this server does not have one; anything else is a failure to be tried again. */
function isUnavailable(error: unknown): boolean {
  if (error instanceof WecomError) return error.isNotAllowed;
  return error instanceof WecomUnreachable && error.reason === 'HTTP 404';
}

function asNothing(error: unknown): null {
  if (isUnavailable(error)) return null;
  throw error;
}

function asMember(member: z.infer<typeof Member>): WecomMember {
  return {
    staffId: member.userid,
    name: member.name || member.userid,
    position: member.position,
    departmentIds: member.department,
    leaderOf: member.department.filter((_, index) => member.is_leader_in_dept[index] === 1),
    directLeaderIds: member.direct_leader,
    standing: STANDINGS[member.status] ?? 'active',
  };
}
