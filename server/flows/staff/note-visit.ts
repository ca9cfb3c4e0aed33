import type { Context } from '../../context.ts';

/** Keeps when a member last opened the app. Repeatable; an earlier visit changes nothing. */
export async function noteVisit({ staff }: Pick<Context, 'staff'>, staffId: string, at: Date): Promise<void> {
  const [known = staffId] = await staff.spelled([staffId]);
  await staff.noteVisit(known, at);
}
