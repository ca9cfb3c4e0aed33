import type { Context } from '../../context.ts';
import { keptMember, ledWithoutBook, silentMember } from '../../domain/staff/staff.ts';

type Shelves = Pick<
  Context,
  | 'staff'
  | 'relations'
  | 'pool'
  | 'followUps'
  | 'promises'
  | 'invitations'
  | 'answers'
  | 'history'
  | 'kdmChanges'
  | 'transfers'
  | 'claims'
  | 'warnings'
  | 'absences'
  | 'complaints'
  | 'sessions'
  | 'tasks'
  | 'questions'
  | 'opportunities'
>;
type Needs = Shelves & Pick<Context, 'wecom' | 'now'>;

/**
 * Keeps what the address book tells of a member now. `formerId` is the id that they had before: everything that belongs to it
 * moves to the new one, and a session begun under it stays good. Repeatable, and resumed by repeating.
 */
export async function recordMember(
  context: Needs,
  { staffId, formerId }: { staffId: string; formerId?: string },
): Promise<void> {
  const former = formerId === staffId ? undefined : formerId;
  await keepMember(context, staffId, former);
  if (former !== undefined) await moveAll(context, former, staffId);
}

async function keepMember(
  { staff, wecom, now }: Needs,
  staffId: string,
  formerId: string | undefined,
): Promise<void> {
  const known = await staff.find(staffId);
  const before = known ?? (formerId ? await staff.find(formerId) : null);
  const told = await wecom.staff.look(staffId);
  if (told === 'unknown') return staff.retire(staffId, now());
  const isUnheard = told === 'silent' || told === 'unreadable';
  if (isUnheard && known) return;
  const heard = isUnheard ? silentMember(staffId, before) : told;
  const leaderOf = ledWithoutBook(heard, before);
  await staff.saveAll([keptMember({ ...heard, leaderOf }, before, now())]);
}

/** The member goes last: while the old record is there, the move is not over. */
async function moveAll({ staff, ...shelves }: Shelves, formerId: string, staffId: string): Promise<void> {
  const { relations, pool, followUps, promises, invitations, answers } = shelves;
  const { history, kdmChanges, transfers, claims, warnings, absences, complaints, sessions, tasks } = shelves;
  const { questions, opportunities } = shelves;
  const people = [relations, pool, followUps, promises, questions, opportunities, invitations, answers];
  const records = [history, kdmChanges, transfers, claims, warnings, absences, complaints, sessions, tasks];
  for (const shelf of [...people, ...records]) await shelf.moveStaff(formerId, staffId);
  await staff.rename(formerId, staffId);
}
