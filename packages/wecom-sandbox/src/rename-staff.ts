import type { SandboxStaff } from './corp.ts';
import type { Platform } from './platform.ts';
import type { KeptMessage } from './state.ts';

/** Gives a member another userid, everywhere it stands. */
export function renameStaff({ state, book }: Platform, member: SandboxStaff, userid: string): void {
  const former = member.userid;
  const renamed = (id: string) => (id === former ? userid : id);
  member.userid = userid;
  for (const other of state.corp.staff) other.directLeaders = other.directLeaders.map(renamed);
  renameIn(state.corp.relations, ['userid', 'operUserId'], renamed);
  renameIn(state.welcomes, ['userid'], renamed);
  renameIn(state.transfers, ['handoverId', 'takeoverId'], renamed);
  for (const { tasks } of [...state.massMessages, ...state.moments])
    renameIn<{ userid: string }, 'userid'>(tasks, ['userid'], renamed);
  renameIn(state.groups, ['ownerId'], renamed);
  for (const group of state.groups) {
    group.adminIds = group.adminIds.map(renamed);
    renameIn(group.members, ['id'], renamed);
  }
  for (const message of state.messages) renameInMessage(message, renamed);
  book.forget();
}

/** Puts another id into these fields of every row. */
function renameIn<Row extends Record<Name, string>, Name extends string>(
  rows: readonly Row[],
  names: readonly Name[],
  renamed: (id: string) => string,
): void {
  for (const row of rows) for (const name of names) row[name] = renamed(row[name]) as Row[Name];
}

function renameInMessage(message: KeptMessage, renamed: (id: string) => string): void {
  const person = (id: string) =>
    id.startsWith('staff:') ? `staff:${renamed(id.slice('staff:'.length))}` : id;
  message.to = message.kind === 'app' ? renamed(message.to) : person(message.to);
  if (message.kind === 'chat') message.from = person(message.from);
}
