import type { Context } from '../../context.ts';
import { tagChange, type TagCatalog } from '../../domain/tags/tagging.ts';
import type { Account } from '../../store/account-model.ts';
import type { Relation } from '../../store/relation-model.ts';
import { WecomError } from '../../wecom/client/error.ts';
import { refreshTags } from './refresh-tags.ts';

type Needs = Pick<Context, 'accounts' | 'contacts' | 'relations'> & Parameters<typeof refreshTags>[0];

/**
 * Writes tier and stage of an account as corp tags onto every follow relation of its contacts: only differences, and only
 * tags of our own groups, which are read afresh when none are known yet, and when WeCom does not know one of them. A relation
 * that WeCom no longer knows is marked lost.
 *
 * @returns how many relations were written.
 * @throws {WecomError | WecomUnreachable} when WeCom refuses one for good, after every other was tried.
 */
export async function tagAccount(context: Needs, accountId: string): Promise<number> {
  const account = await context.accounts.find(accountId);
  if (!account || account.mergedInto) return 0;
  const contacts = await context.contacts.ofAccount(accountId);
  const followers = await context.relations.ofContacts(contacts.map(({ _id }) => _id));
  const active = followers.filter(({ lostAt }) => !lostAt);
  if (active.length === 0) return 0;
  const heal = async () => {
    await refreshTags(context);
    return catalogOf(context);
  };
  const catalog = (await context.tagCatalog.read()) ?? (await heal());
  const marked = await Promise.allSettled(
    active.map((relation) => markHealing(context, { relation, account, catalog }, heal)),
  );
  const refused = marked.find(({ status }) => status === 'rejected');
  if (refused?.status === 'rejected') throw refused.reason;
  return marked.filter((each) => each.status === 'fulfilled' && each.value).length;
}

async function catalogOf({ tagCatalog }: Needs): Promise<TagCatalog> {
  const catalog = await tagCatalog.read();
  if (!catalog) throw new RangeError('our tags were read and are not there');
  return catalog;
}

type Mark = { relation: Relation; account: Account; catalog: TagCatalog };

/** Marks; after 40068 once more with the tags read afresh. */
async function markHealing(context: Needs, mark: Mark, heal: () => Promise<TagCatalog>): Promise<boolean> {
  try {
    return await writeTags(context, mark);
  } catch (error) {
    if (!(error instanceof WecomError && error.isBadTag)) throw error;
    return writeTags(context, { ...mark, catalog: await heal() });
  }
}

async function writeTags(
  { relations, wecom, now }: Needs,
  { relation, account, catalog }: Mark,
): Promise<boolean> {
  const change = tagChange(catalog, relation.tagIds, account);
  if (change.add.length + change.remove.length === 0) return false;
  const key = { staffId: relation.staffId, externalUserId: relation.externalUserId };
  try {
    await wecom.tags.mark(key, change);
  } catch (error) {
    if (!(error instanceof WecomError && error.isNoRelation)) throw error;
    await relations.lose(key, 'gone', now());
    return false;
  }
  const kept = relation.tagIds.filter((id) => !change.remove.includes(id));
  await relations.setTags(key, [...kept, ...change.add]);
  return true;
}
