import { z } from 'zod';
import type { WecomCall } from './call.ts';

const Department = z.object({
  id: z.number().int(),
  name: z.string().default(''),
  parentid: z.number().int().default(0),
  department_leader: z.array(z.string()).default([]),
});

const Member = z.object({
  userid: z.string().min(1),
  name: z.string().default(''),
  position: z.string().default(''),
  department: z.array(z.number().int()).default([]),
  is_leader_in_dept: z.array(z.number().int()).default([]),
  status: z.number().int().default(1),
});

/** A member as WeCom tells; `leaderOf` are departments. */
export type WecomMember = {
  staffId: string;
  name: string;
  position: string;
  departmentIds: number[];
  leaderOf: number[];
  isActive: boolean;
};

/** A department; the root has parent 0. `leaderIds` may be empty where WeCom does not tell. */
export type WecomDepartment = { departmentId: number; name: string; parentId: number; leaderIds: string[] };

const ACTIVE = 1;

/** Members and departments of the address book. @see https://developer.work.weixin.qq.com/document/path/90196 */
export function createStaffApi(call: WecomCall) {
  return {
    /** Departments in the app's visible range. */
    async departments(): Promise<WecomDepartment[]> {
      const answer = z.object({ department: z.array(Department) });
      const { department } = await call('/cgi-bin/department/list', { answer });
      return department.map(({ id, name, parentid, department_leader: leaderIds }) => ({
        departmentId: id,
        name,
        parentId: parentid,
        leaderIds,
      }));
    },
    /** Members directly in a department. */
    async members(departmentId: number): Promise<WecomMember[]> {
      const answer = z.object({ userlist: z.array(Member) });
      const query = { department_id: departmentId, fetch_child: 0 };
      return (await call('/cgi-bin/user/list', { query, answer })).userlist.map(asMember);
    },
    /** One member. */
    member: async (staffId: string): Promise<WecomMember> =>
      asMember(await call('/cgi-bin/user/get', { query: { userid: staffId }, answer: Member })),
    /** The members who may follow customers. */
    async followers(): Promise<string[]> {
      const answer = z.object({ follow_user: z.array(z.string()) });
      return (await call('/cgi-bin/externalcontact/get_follow_user_list', { answer })).follow_user;
    },
  };
}

function asMember(member: z.infer<typeof Member>): WecomMember {
  return {
    staffId: member.userid,
    name: member.name || member.userid,
    position: member.position,
    departmentIds: member.department,
    leaderOf: member.department.filter((_, index) => member.is_leader_in_dept[index] === 1),
    isActive: member.status === ACTIVE,
  };
}
