import type { Context } from '../../context.ts';
import { companyOf } from '../../domain/account.ts';
import { WecomError } from '../../wecom/error.ts';

type Key = { staffId: string; externalUserId: string };

/**
 * Keeps what WeCom tells about a contact and everybody who follows, as it is now. Repeatable. `addedAt` is when the member
 * added the contact, null for other news.
 *
 * @returns `false` when the member does not follow the contact (any more); the relation is then marked lost.
 */
export async function recordContact(
  { contacts, relations, wecom, now }: Pick<Context, 'contacts' | 'relations' | 'wecom' | 'now'>,
  key: Key,
  { addedAt }: { addedAt: Date | null },
): Promise<boolean> {
  const found = await wecom.contacts.get(key.externalUserId).catch((error: unknown) => {
    if (error instanceof WecomError && error.isNoRelation) return null;
    throw error;
  });
  const isTheirs = ({ staffId }: { staffId: string }) => staffId.toLowerCase() === key.staffId.toLowerCase();
  if (!found?.relations.some(isTheirs)) {
    await relations.lose(key, 'gone', now());
    if (!found) return false;
  }
  const before = companyOf(await cluesOf({ contacts, relations }, key.externalUserId));
  await contacts.saveFacts([found.contact]);
  await relations.saveFacts(found.relations.filter(isTheirs), { addedAt });
  await relations.saveFacts(
    found.relations.filter((relation) => !isTheirs(relation)),
    { addedAt: null },
  );
  const after = companyOf(await cluesOf({ contacts, relations }, key.externalUserId));
  if (before !== after) await contacts.markUnplaced([key.externalUserId]);
  return found.relations.some(isTheirs);
}

async function cluesOf(
  { contacts, relations }: Pick<Context, 'contacts' | 'relations'>,
  externalUserId: string,
) {
  const [contact, followers] = await Promise.all([
    contacts.find(externalUserId),
    relations.ofContact(externalUserId),
  ]);
  const remarkCorpNames = followers
    .filter(({ lostAt }) => !lostAt)
    .map(({ remarkCorpName }) => remarkCorpName);
  return { corpName: contact?.corpName, remarkCorpNames };
}
