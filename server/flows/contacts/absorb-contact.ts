import type { Context } from '../../context.ts';
import { classifyAccount } from '../accounts/classify-account.ts';
import { placeContacts } from '../accounts/place-contacts.ts';
import { tagAccount } from '../tags/tag-account.ts';
import { recordContact } from './record-contact.ts';

/**
 * Takes in what WeCom tells about a contact of a member, whole: recorded, placed at an account, which is classified when it grew,
 * and tagged. The welcome is not sent here. Repeatable.
 *
 * @param addedAt when the member added the contact; null for other news.
 * @throws {WecomError | WecomUnreachable} what is kept stays, and the same again goes on.
 */
export async function absorbContact(
  context: Context,
  { staffId, externalUserId }: { staffId: string; externalUserId: string },
  addedAt: Date | null,
): Promise<void> {
  if (!(await recordContact(context, { staffId, externalUserId }, { addedAt }))) return;
  const grownIds = new Set<string>();
  const accountId = (await placeContacts(context, [externalUserId], grownIds)).get(externalUserId);
  for (const id of grownIds) await classifyAccount(context, id, 'place-contact');
  if (accountId) await tagAccount(context, accountId);
}
