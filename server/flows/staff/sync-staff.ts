import type { Context } from '../../context.ts';
import type { Staff } from '../../store/staff.ts';
import { WecomError, WecomUnreachable } from '../../wecom/error.ts';
import type { WecomDepartment, WecomMember } from '../../wecom/staff.ts';

/**
 * Keeps the members and departments in our range, as WeCom tells now. Who is gone is marked, never removed.
 *
 * @returns the ids of the members who may follow customers.
 */
export async function syncStaff({
  staff,
  departments,
  wecom,
  log,
}: Pick<Context, 'staff' | 'departments' | 'wecom' | 'log'>): Promise<string[]> {
  const followers = await wecom.staff.followers();
  const book = await readBook(wecom, followers, log);
  await departments.replaceAll(
    book.departments.map(({ departmentId, name, parentId }) => ({ _id: departmentId, name, parentId })),
  );
  const members = book.members.map((member) => asStaff(member, book.departments));
  await staff.saveAll(members);
  if (members.length > 0) await staff.keepActiveOnly(members.map(({ _id }) => _id));
  return followers;
}

type Book = { departments: WecomDepartment[]; members: WecomMember[] };

/** The address book; where the app may not read departments, only the members who follow customers. */
async function readBook(
  wecom: Context['wecom'],
  followers: readonly string[],
  log: Context['log'],
): Promise<Book> {
  try {
    const departments = await wecom.staff.departments();
    const members = new Map<string, WecomMember>();
    for (const { departmentId } of departments) {
      for (const member of await wecom.staff.members(departmentId)) members.set(member.staffId, member);
    }
    const others = followers.filter((staffId) => !members.has(staffId));
    return { departments, members: [...members.values(), ...(await readEach(wecom, others))] };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    log.warn({ error }, 'departments not readable; managers see only their own contacts');
    return { departments: [], members: await readEach(wecom, followers) };
  }
}

/** The app may not read the address book, or this server does not have one; anything else is a failure to be tried again. */
function isUnavailable(error: unknown): boolean {
  if (error instanceof WecomError) return error.isNotAllowed;
  return error instanceof WecomUnreachable && error.reason === 'HTTP 404';
}

async function readEach(wecom: Context['wecom'], staffIds: readonly string[]): Promise<WecomMember[]> {
  const members: WecomMember[] = [];
  for (const staffId of staffIds) {
    const nameless = {
      staffId,
      name: staffId,
      position: '',
      departmentIds: [],
      leaderOf: [],
      isActive: true,
    };
    members.push(
      await wecom.staff.member(staffId).catch((error: unknown) => {
        if (error instanceof WecomError && !error.isTransient) return nameless;
        throw error;
      }),
    );
  }
  return members;
}

function asStaff(
  { staffId, leaderOf, ...member }: WecomMember,
  departments: readonly WecomDepartment[],
): Staff {
  const led = departments
    .filter(({ leaderIds }) => leaderIds.includes(staffId))
    .map(({ departmentId }) => departmentId);
  return { _id: staffId, ...member, leaderOf: [...new Set([...leaderOf, ...led])] };
}
