import type { Platform } from '../platform.ts';
import type { Moment, MomentTask } from '../slices/moments.ts';
import { isSameUserid } from './find-people.ts';
import { membersIn } from './serving-staff.ts';

/** Who publishes, and which tags his customers need one of; empty lists mean everybody. */
type Range = { users: string[]; parties: number[]; tags: string[] };

/** One task per member who has customers that fit, and what was named in vain. */
export function momentTasks(
  platform: Platform,
  { users, parties, tags }: Range,
): Pick<Moment, 'tasks' | 'invalid'> {
  const { corp } = platform.state;
  const isMember = (userid: string) =>
    corp.staff.some(
      (member) => isSameUserid(member.userid, userid) && member.isVisible && member.hasCustomers,
    );
  const isTag = (id: string) =>
    corp.tagGroups.some((group) => group.tags.some((tag) => tag.id === id && !tag.isDeleted));
  const known = corp.departments.map((department) => department.id);
  const invalid = {
    users: users.filter((userid) => !isMember(userid)),
    departments: parties.filter((id) => !known.includes(id)),
    tags: tags.filter((id) => !isTag(id)),
  };
  const isForAll = users.length + parties.length === 0;
  const senders = membersIn(platform, {
    users,
    parties: isForAll ? known : parties.filter((id) => known.includes(id)),
  });
  const tasks = senders
    .map((userid) => momentTask(userid, customersOf(platform, userid, tags)))
    .filter((task) => task.customers.length > 0);
  return { tasks, invalid };
}

/** A task that waits for its member. */
export function momentTask(userid: string, customers: string[]): MomentTask {
  return { userid, publishedAt: null, isCancelled: false, customers, comments: [], likes: [] };
}

/** A member's customers with one of the tags; all of them when none is named. */
export function customersOf({ state }: Platform, userid: string, tags: readonly string[]): string[] {
  return state.corp.relations
    .filter((row) => row.userid === userid && !row.deletedByCustomer)
    .filter((row) => tags.length === 0 || row.tagIds.some((id) => tags.includes(id)))
    .map((row) => row.externalUserId);
}
