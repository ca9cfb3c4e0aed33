import type { Context } from '../../context.ts';

type Key = { staffId: string; externalUserId: string };

/** Marks a follow relation lost at the time when it was; everything else stays. Repeatable, however late. */
export async function loseContact(
  { relations }: Pick<Context, 'relations'>,
  key: Key,
  { by, at }: { by: 'by_staff' | 'by_contact'; at: Date },
): Promise<void> {
  await relations.lose(key, by, at);
}
