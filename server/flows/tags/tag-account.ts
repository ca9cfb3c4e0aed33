import type { Context } from '../../context.ts';
import {
  isCompleteCatalog,
  TAG_GROUPS,
  TAG_NAMES,
  tagChange,
  type TagCatalog,
  type TagGroup,
} from '../../domain/tagging.ts';
import type { Account } from '../../store/accounts.ts';
import type { Relation } from '../../store/relations.ts';
import { WecomError } from '../../wecom/error.ts';

type Needs = Pick<Context, 'accounts' | 'contacts' | 'relations' | 'tagCatalog' | 'wecom' | 'now' | 'locks'>;

/**
 * Writes tier and stage of an account as corp tags onto every follow relation of its contacts: only differences, and only
 * tags of our own groups. A relation that WeCom no longer knows is marked lost.
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
  const catalog = (await context.tagCatalog.read()) ?? (await readCatalog(context));
  const marked = await Promise.allSettled(
    active.map((relation) => markHealing(context, { relation, account, catalog })),
  );
  const refused = marked.find(({ status }) => status === 'rejected');
  if (refused?.status === 'rejected') throw refused.reason;
  return marked.filter((each) => each.status === 'fulfilled' && each.value).length;
}

type Mark = { relation: Relation; account: Account; catalog: TagCatalog };

/** Marks; after 40068 once more with the tags read afresh. */
async function markHealing(context: Needs, mark: Mark): Promise<boolean> {
  try {
    return await writeTags(context, mark);
  } catch (error) {
    if (!(error instanceof WecomError && error.isBadTag)) throw error;
    return writeTags(context, { ...mark, catalog: await readCatalog(context) });
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

/** Reads our two groups from WeCom, makes what is absent, and keeps the ids. One caller at a time makes tags. */
async function readCatalog(context: Needs): Promise<TagCatalog> {
  for (;;) {
    const held = await context.locks.hold('tag-catalog', () => makeCatalog(context));
    if (held) return held.result;
    await new Promise((resolve) => void setTimeout(resolve, 100));
  }
}

async function makeCatalog({ wecom, tagCatalog }: Needs): Promise<TagCatalog> {
  const groups = await wecom.tags.groups();
  const catalog: TagCatalog = { tier: {}, stage: {} };
  for (const group of Object.keys(TAG_GROUPS) as TagGroup[]) {
    const known = groups.find(({ name }) => name === TAG_GROUPS[group])?.tagIds ?? {};
    const absent = TAG_NAMES[group].filter((name) => !known[name]);
    const added = absent.length > 0 ? (await wecom.tags.add(TAG_GROUPS[group], absent)).tagIds : {};
    const ids = { ...known, ...added };
    catalog[group] = Object.fromEntries(
      TAG_NAMES[group].flatMap((name) => (ids[name] ? [[name, ids[name]]] : [])),
    );
  }
  if (!isCompleteCatalog(catalog)) throw new RangeError('WeCom did not make every tag of our groups');
  await tagCatalog.save(catalog);
  return catalog;
}
