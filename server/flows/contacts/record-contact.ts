import type { Context } from '../../context.ts';
import { companyOf } from '../../domain/account.ts';
import { isSameId } from '../../domain/relation.ts';
import type { Relation } from '../../store/relation-model.ts';
import type { WecomRelation } from '../../wecom/contacts.ts';
import { WecomError } from '../../wecom/error.ts';

type Key = { staffId: string; externalUserId: string };
type Shelves = Pick<Context, 'contacts' | 'relations'>;

/**
 * Keeps what WeCom tells about a contact and everybody who follows, as it is now. Repeatable. `addedAt` is when the member
 * added the contact, null for other news. Members may be spelled otherwise than WeCom told before.
 *
 * @returns `false` when the member does not follow the contact (any more); the relation is then marked lost.
 */
export async function recordContact(
  { contacts, relations, wecom, now }: Shelves & Pick<Context, 'wecom' | 'now'>,
  { staffId, externalUserId }: Key,
  { addedAt }: { addedAt: Date | null },
): Promise<boolean> {
  const found = await wecom.contacts.get(externalUserId).catch((error: unknown) => {
    if (error instanceof WecomError && error.isNoRelation) return null;
    throw error;
  });
  const known = await relations.ofContact(externalUserId);
  const isTheirs = (each: { staffId: string }) => isSameId(each.staffId, staffId);
  const isFollower = found?.relations.some(isTheirs) ?? false;
  if (!isFollower)
    for (const relation of known.filter(isTheirs)) await relations.lose(relation, 'gone', now());
  if (!found) return false;
  const before = companyOf(await cluesOf({ contacts, relations }, externalUserId));
  const told = spelledAs(known, found.relations);
  await contacts.saveFacts([found.contact]);
  await relations.saveFacts(told.filter(isTheirs), { addedAt });
  await relations.saveFacts(
    told.filter((relation) => !isTheirs(relation)),
    { addedAt: null },
  );
  const after = companyOf(await cluesOf({ contacts, relations }, externalUserId));
  if (before !== after) await contacts.markUnplaced([externalUserId]);
  return isFollower;
}

/** A member whom we know keeps the spelling by which we do, else they would be two. */
function spelledAs(known: readonly Relation[], told: readonly WecomRelation[]): WecomRelation[] {
  const spelling = new Map(known.map(({ staffId }) => [staffId.toLowerCase(), staffId]));
  return told.map((each) => ({ ...each, staffId: spelling.get(each.staffId.toLowerCase()) ?? each.staffId }));
}

async function cluesOf({ contacts, relations }: Shelves, externalUserId: string) {
  const [contact, followers] = await Promise.all([
    contacts.find(externalUserId),
    relations.ofContact(externalUserId),
  ]);
  const remarkCorpNames = followers
    .filter(({ lostAt }) => !lostAt)
    .map(({ remarkCorpName }) => remarkCorpName);
  return { corpName: contact?.corpName, remarkCorpNames };
}
