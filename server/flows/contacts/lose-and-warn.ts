import type { Context } from '../../context.ts';
import type { Loss } from '../../store/relation-model.ts';
import { warnAtOnce } from '../warnings/warn-at-once.ts';
import { loseContact } from './lose-contact.ts';

/** What a lost contact may mean. Source: domain.md §12. */
const LOSS_KINDS = ['contact_left', 'contact_deleted', 'kdm_left', 'single_threaded'] as const;

/** Marks a follow relation lost, and warns at once of what that means for the account. Repeatable. */
export async function loseAndWarn(
  context: Context,
  key: { staffId: string; externalUserId: string },
  loss: { by: Loss; at: Date },
): Promise<void> {
  await loseContact(context, key, loss);
  const contact = await context.contacts.find(key.externalUserId);
  if (contact?.accountId) await warnAtOnce(context, contact.accountId, LOSS_KINDS);
}
