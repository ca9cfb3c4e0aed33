import type { Tier } from '../../server/domain/classification/tier.ts';
import type { LivingWorld } from './a-world.ts';

/** Sets the next date and tier of an account by its company's name. */
export async function setDue(
  { context }: LivingWorld,
  name: string,
  fields: { dueOn?: string | null; tier?: Tier; ownerId?: string | null },
): Promise<string> {
  const account = await context.accounts.findByKey(name.toLowerCase());
  if (!account) throw new Error(`no account ${name}`);
  await context.accounts.update(account._id, fields);
  return account._id;
}

/** What the app told a member: texts, and cards as title and description. */
export const notifiedTo = ({ platform }: LivingWorld, staffId: string): string[] =>
  platform.state.messages.flatMap((message) =>
    message.kind === 'app' && message.to === staffId
      ? [message.text ?? `${message.card?.title}\n${message.card?.description}`]
      : [],
  );
