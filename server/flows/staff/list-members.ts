import type { Context } from '../../context.ts';

/** Everybody who works here now, by id, as forms offer them. */
export async function listMembers({ staff }: Pick<Context, 'staff'>) {
  const members = (await staff.all()).filter(({ isActive }) => isActive);
  return { members: members.map(({ _id: staffId, name }) => ({ staffId, name })) };
}
