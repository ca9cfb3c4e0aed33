import type { Context } from '../../context.ts';

/** Marks a customer group dismissed at that time; everything else stays. Repeatable. */
export async function dismissGroup(
  { groups }: Pick<Context, 'groups'>,
  chatId: string,
  at: Date,
): Promise<void> {
  await groups.dismiss(chatId, at);
}
