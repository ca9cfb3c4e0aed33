import type { Context } from '../../context.ts';
import { companyOf } from '../../domain/accounts/account.ts';
import { isSameId } from '../../domain/sync/relation.ts';
import type { Contact } from '../../store/contacts.ts';
import type { Relation } from '../../store/relation-model.ts';
import type { WecomContact, WecomRelation } from '../../wecom/api/contacts.ts';
import { WecomError } from '../../wecom/client/error.ts';

type Key = { staffId: string; externalUserId: string };
type Shelves = Pick<Context, 'contacts' | 'contactPages' | 'relations'>;

/**
 * Keeps what WeCom tells about a contact and everybody who follows, as it is now. Repeatable. `addedAt` is when the member
 * added the contact, null for other news. Members may be spelled otherwise than WeCom told before.
 *
 * @returns `false` when the member does not follow the contact (any more); the relation is then marked lost.
 */
export async function recordContact(
  { wecom, now, ...shelves }: Shelves & Pick<Context, 'wecom' | 'now'>,
  { staffId, externalUserId }: Key,
  { addedAt }: { addedAt: Date | null },
): Promise<boolean> {
  const found = await wecom.contacts.get(externalUserId).catch((error: unknown) => {
    if (error instanceof WecomError && error.isNoRelation) return null;
    throw error;
  });
  const known = await readKnown(shelves, externalUserId);
  const isTheirs = (each: { staffId: string }) => isSameId(each.staffId, staffId);
  const told = found ? [...found.relations.map((each) => each.staffId), ...found.unread] : [];
  const isFollower = told.some((id) => id === null || isSameId(id, staffId)); // null: it may be them
  if (!isFollower)
    for (const relation of known.followers.filter(isTheirs))
      await shelves.relations.lose(relation, 'gone', now());
  if (found && !(await addStranger(shelves, known, found))) {
    const readable = spelledAs(known.followers, found.relations);
    const [theirs, others] = [readable.filter(isTheirs), readable.filter((each) => !isTheirs(each))];
    await shelves.contacts.saveFacts([found.contact]);
    await shelves.relations.saveFacts(theirs, { addedAt });
    await shelves.relations.saveFacts(others, { addedAt: null });
    const after = await readKnown(shelves, externalUserId);
    if (companyIn(known) !== companyIn(after)) await shelves.contacts.markUnplaced([externalUserId]);
  }
  return isFollower;
}

type Known = { contact: Contact | null; followers: Relation[] };

async function readKnown({ contacts, relations }: Shelves, externalUserId: string): Promise<Known> {
  const [contact, followers] = await Promise.all([
    contacts.find(externalUserId),
    relations.ofContact(externalUserId),
  ]);
  return { contact, followers };
}

/** Keeps a contact of whom nothing is known; `false` when something is, if only since a moment. */
async function addStranger(
  { contactPages }: Shelves,
  { contact, followers }: Known,
  { contact: facts, relations }: { contact: WecomContact; relations: WecomRelation[] },
): Promise<boolean> {
  if (contact || followers.length > 0) return false;
  const { rest } = await contactPages.addUnknown(relations.map((relation) => ({ contact: facts, relation })));
  return relations.length > 0 && rest.length === 0;
}

/** A member whom we know keeps the spelling by which we do, else they would be two. */
function spelledAs(known: readonly Relation[], told: readonly WecomRelation[]): WecomRelation[] {
  const spelling = new Map(known.map(({ staffId }) => [staffId.toLowerCase(), staffId]));
  return told.map((each) => ({ ...each, staffId: spelling.get(each.staffId.toLowerCase()) ?? each.staffId }));
}

/** What contact and remarks tell of the company. */
function companyIn({ contact, followers }: Known): string {
  const active = followers.filter(({ lostAt }) => !lostAt);
  const remarkCorpNames = active.map(({ remarkCorpName }) => remarkCorpName);
  return [companyOf({ ...contact, remarkCorpNames }), contact?.corpFullName].join('\n');
}
