import type { Context } from '../../context.ts';
import type { SetAside } from '../../domain/sync/drift.ts';
import {
  isSuspiciousShrink,
  keptMember,
  ledWithoutBook,
  silentMember,
  type ListedMember,
} from '../../domain/staff/staff.ts';
import type { Staff } from '../../store/staff.ts';
import type { WecomDepartment } from '../../wecom/api/staff.ts';

type Needs = Pick<Context, 'staff' | 'departments' | 'notices' | 'wecom' | 'log' | 'now'>;

/** Members in the address book, or null for departments that the app may not read. `isWhole`: none is missing. */
type Book = { departments: WecomDepartment[] | null; isWhole: boolean; members: Map<string, ListedMember> };

/** Hears of what could not be read, and was left as it was. */
type OnAside = (aside: SetAside[]) => void;

/**
 * Keeps the members and departments in our range, as WeCom tells now. Who is gone is marked, never removed; when too many
 * are missing at once nobody is believed to be gone. Where the address book is silent, what was known stays.
 *
 * @returns the ids of the members who may follow customers.
 */
export async function syncStaff(context: Needs, onAside: OnAside = () => undefined): Promise<string[]> {
  const { staff, departments, wecom } = context;
  const followers = await wecom.staff.followers();
  const book = await readBook(context, onAside);
  if (book.isWhole && book.departments && book.departments.length > 0)
    await departments.replaceAll(
      book.departments.map(({ departmentId: _id, name, parentId }) => ({ _id, name, parentId })),
    );
  const known = new Map((await staff.all()).map((member) => [member._id, member]));
  const isBelieved = await judge(context, { book, followers, known });
  const told = [
    ...book.members.values(),
    ...(await askEach(context, { book, followers, known, isBelieved }, onAside)),
  ];
  const kept = told
    .filter(({ standing }) => isBelieved || standing === 'active')
    .map((member) => keep(member, { book, known: known.get(member.staffId) ?? null, at: context.now() }));
  await staff.saveAll(kept);
  if (followers.length > 0) await staff.setFollowers(followers);
  return followers;
}

/** The whole address book; nothing of it where the app may not read departments. */
async function readBook({ wecom, log }: Needs, onAside: OnAside): Promise<Book> {
  const book = await wecom.staff.book();
  if (!book) {
    log.warn('departments not readable; members are asked for one by one');
    return { departments: null, isWhole: false, members: new Map() };
  }
  onAside(book.gaps.map(({ kind, reason }) => ({ kind, staffId: '', reason, count: 1 })));
  const { departments, isWhole, members } = book;
  return { departments, isWhole, members: new Map(members.map((member) => [member.staffId, member])) };
}

type Seen = { book: Book; followers: readonly string[]; known: ReadonlyMap<string, Staff> };

/** False when so many members are missing that the range of the app was probably changed by mistake. */
async function judge({ notices, log, now }: Needs, { book, followers, known }: Seen): Promise<boolean> {
  const active = [...known.values()].filter(({ isActive }) => isActive).map(({ _id }) => _id);
  const listed = [...book.members.values()].filter(({ standing }) => standing === 'active');
  const told = new Set([...listed.map(({ staffId }) => staffId), ...followers]);
  if (!isSuspiciousShrink(active, told)) {
    await notices.resolve('staff-suspicious', '', now());
    return true;
  }
  log.error({ known: active.length, told: told.size }, 'too many members missing; nobody is taken for gone');
  const text = `通讯录突然少了一半以上的成员（原有 ${active.length} 人，现在 ${told.size} 人），暂不按离职处理。请检查应用的可见范围，然后重新同步`;
  await notices.raise({ kind: 'staff-suspicious', subject: '', text }, now());
  return false;
}

/** Asks for followers who are not in the book and, when the book is believed, for known members who are not. */
async function askEach(
  context: Needs,
  { book, followers, known, isBelieved }: Seen & { isBelieved: boolean },
  onAside: OnAside,
): Promise<ListedMember[]> {
  const follows = new Set(followers);
  const missing = isBelieved ? [...known.values()].filter(isExpected).map(({ _id }) => _id) : [];
  const ids = [...new Set([...followers, ...missing])].filter((id) => !book.members.has(id));
  const told: ListedMember[] = [];
  for (const staffId of ids) {
    const answer = await context.wecom.staff.look(staffId);
    const before = known.get(staffId) ?? null;
    if (answer === 'unreadable') onAside([{ kind: 'row', staffId, reason: 'user/get', count: 1 }]);
    told.push(...heardOf(answer, { staffId, before, isFollower: follows.has(staffId) }));
  }
  return told;
}

type Whom = { staffId: string; before: Staff | null; isFollower: boolean };

/** What an answer about one member means; nothing where it cannot be read and the member is known. */
function heardOf(answer: ListedMember | 'unknown' | 'silent' | 'unreadable', whom: Whom): ListedMember[] {
  const { staffId, before, isFollower } = whom;
  if (answer === 'unreadable') return before || !isFollower ? [] : [silentMember(staffId, null, 'active')];
  if (answer !== 'unknown' && answer !== 'silent') return [answer];
  if (isFollower) return [silentMember(staffId, before, 'active')];
  return [silentMember(staffId, before, answer === 'unknown' ? 'left' : 'hidden')];
}

/** Who was here the last time, or of whom nobody knows since when they are gone. */
const isExpected = ({ isActive, inactiveAt }: Staff) => isActive || !inactiveAt;

type Before = { book: Book; known: Staff | null; at: Date };

function keep(told: ListedMember, { book, known, at }: Before) {
  const led = book.departments
    ? book.departments
        .filter(({ leaderIds }) => leaderIds.includes(told.staffId))
        .map(({ departmentId }) => departmentId)
    : ledWithoutBook(told, known);
  return keptMember({ ...told, leaderOf: [...new Set([...told.leaderOf, ...led])] }, known, at);
}
