import type { Context } from '../../context.ts';

/** Marks a follow relation lost; everything else stays. Repeatable. */
export async function loseContact(
  { relations, now }: Pick<Context, 'relations' | 'now'>,
  key: { staffId: string; externalUserId: string },
  by: 'by_staff' | 'by_contact',
): Promise<void> {
  await relations.lose(key, by, now());
}
