import type { Context } from '../../server/context.ts';

/** Everybody but these members has left by now. */
export async function onlyActive(
  { staff, now }: Pick<Context, 'staff' | 'now'>,
  staffIds: readonly string[],
): Promise<void> {
  for (const { _id } of await staff.all()) if (!staffIds.includes(_id)) await staff.retire(_id, now());
}
