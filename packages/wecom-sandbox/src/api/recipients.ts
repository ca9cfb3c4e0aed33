import { ApiError } from '../api-error.ts';
import type { SandboxStaff } from '../corp.ts';
import type { Platform } from '../platform.ts';
import { isSameUserid } from './find-people.ts';

/** Whom a message is meant for, as named in the request. */
export type Named = {
  users: readonly string[];
  parties: readonly string[];
  tags: readonly string[];
  isForAll: boolean;
};

/** Who gets it, and what was named in vain; the sandbox corp has no member tags. @throws {ApiError} 40058 for too many of a sort */
export function recipientsOf(
  { state }: Platform,
  { users, parties, tags, isForAll }: Named,
): { staff: SandboxStaff[]; invalid: { users: string[]; parties: string[]; tags: string[] } } {
  if (users.length > 1000) throw new ApiError(40058, 'touser');
  if (parties.length > 100) throw new ApiError(40058, 'toparty');
  if (tags.length > 100) throw new ApiError(40058, 'totag');
  const seen = state.corp.staff.filter(
    (member) => member.isVisible && (member.status === 1 || member.status === 4),
  );
  const isNamed = (userid: string) => users.some((user) => isSameUserid(user, userid));
  const isMeant = ({ userid, departments }: SandboxStaff) =>
    isForAll || isNamed(userid) || departments.some((id) => parties.includes(String(id)));
  const known = new Set(state.corp.departments.map((department) => String(department.id)));
  return {
    staff: seen.filter(isMeant),
    invalid: {
      users: users.filter((userid) => !seen.some((member) => isSameUserid(userid, member.userid))),
      parties: parties.filter((id) => !known.has(id)),
      tags: [...tags],
    },
  };
}
