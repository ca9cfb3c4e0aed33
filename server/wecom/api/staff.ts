import { z } from 'zod';
import type { Standing } from '../../domain/staff/staff.ts';
import { code, count, countOr, eachRow, idText, rows, straysOf, words } from '../client/answer-shapes.ts';
import type { WecomCall } from '../client/call.ts';
import { WecomError, WecomUnreachable } from '../client/error.ts';

const Department = z.object({
  id: code,
  name: words,
  parentid: count,
  department_leader: rows(idText),
});

const Member = z.object({
  userid: idText,
  name: words,
  position: words,
  department: rows(code),
  is_leader_in_dept: rows(code),
  direct_leader: rows(idText),
  status: countOr(1),
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

/** What of the address book could not be read: a department that WeCom refuses, or a row of another shape. */
type BookGap = { kind: 'department' | 'row'; reason: string };

/** The address book as far as the app may read it. `isWhole`: no department is missing from the tree. */
export type WecomBook = {
  departments: WecomDepartment[];
  members: WecomMember[];
  isWhole: boolean;
  gaps: BookGap[];
};

const NO_SUCH_MEMBER = 60111;

/** Members and departments of the address book. @see https://developer.work.weixin.qq.com/document/path/90196 */
export function createStaffApi(call: WecomCall) {
  return {
    /** The departments, or null where the app may not read them, the server has no address book, or one of them is unreadable. */
    tree: (): Promise<WecomDepartment[] | null> =>
      readDepartments(call)
        .then(({ found, gaps }) => (gaps.length > 0 ? null : found))
        .catch(asNothing),
    /** Every department with its members, a member of several once; null where that may not be read. */
    book: (): Promise<WecomBook | null> => readBook(call).catch(asNothing),
    /** One member; `unknown`: there is no such member (any more); `silent`: the book does not tell us; `unreadable`: in another shape. */
    look: (staffId: string): Promise<WecomMember | 'unknown' | 'silent' | 'unreadable'> =>
      readMember(call, staffId).catch((error: unknown) => {
        if (error instanceof WecomError && error.errcode === NO_SUCH_MEMBER) return 'unknown' as const;
        if (isUnavailable(error) || (error instanceof WecomError && !error.isTransient))
          return 'silent' as const;
        if (error instanceof WecomUnreachable && error.isMisshapen) return 'unreadable' as const;
        throw error;
      }),
    /** The members who may follow customers. */
    async followers(): Promise<string[]> {
      const answer = z.object({ follow_user: eachRow(idText) });
      return (await call('/cgi-bin/externalcontact/get_follow_user_list', { answer })).follow_user;
    },
  };
}

type Read<Row> = { found: Row[]; gaps: BookGap[] };

const gapsOf = (rows: readonly unknown[]): BookGap[] =>
  straysOf(rows).map(({ fault: reason }) => ({ kind: 'row', reason }));

async function readDepartments(call: WecomCall): Promise<Read<WecomDepartment>> {
  const answer = z.object({ department: eachRow(Department) });
  const { department } = await call('/cgi-bin/department/list', { answer });
  const found = department.map(({ id, name, parentid, department_leader: leaderIds }) => ({
    departmentId: id,
    name,
    parentId: parentid,
    leaderIds,
  }));
  return { found, gaps: gapsOf(department) };
}

async function readMembers(call: WecomCall, departmentId: number): Promise<Read<WecomMember>> {
  const answer = z.object({ userlist: eachRow(Member) });
  const query = { department_id: departmentId, fetch_child: 0 };
  const { userlist } = await call('/cgi-bin/user/list', { query, answer });
  return { found: userlist.map(asMember), gaps: gapsOf(userlist) };
}

/** Every department, but for those that WeCom refuses by themselves. */
async function readBook(call: WecomCall): Promise<WecomBook> {
  const { found: departments, gaps } = await readDepartments(call);
  const isWhole = gaps.length === 0;
  const members = new Map<string, WecomMember>();
  const ids = departments.map(({ departmentId }) => departmentId);
  const refused: WecomError[] = [];
  for (const departmentId of ids) {
    const read = await readMembers(call, departmentId).catch((error: unknown) => {
      if (!(error instanceof WecomError && error.isOfPart && !error.isNotAllowed)) throw error;
      refused.push(error);
      return { found: [], gaps: [{ kind: 'department' as const, reason: String(error.errcode) }] };
    });
    for (const each of read.found) members.set(each.staffId, each);
    gaps.push(...read.gaps);
  }
  if (refused[0] && refused.length === ids.length) throw refused[0];
  return { departments, members: [...members.values()], isWhole, gaps };
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
