import type { Context } from '../../context.ts';
import { ownGroupOf, tagPlan, type TagPlan, type ListedGroup } from '../../domain/tags/tag-plan.ts';
import {
  isCompleteCatalog,
  type OwnGroup,
  type TagCatalog,
  type TagGroup,
} from '../../domain/tags/tagging.ts';
import { WecomError } from '../../wecom/client/error.ts';

type Needs = Pick<Context, 'tagCatalog' | 'wecom' | 'now' | 'locks' | 'notices'>;

const NO_ROOM = 40126;
/** The name exists already, or the group is not ours: made in the console, or by another app. Source: wecom.md §3.4. */
const NOT_OURS = [40071, 301002, 81011];
const ASK_AGAIN_MS = 100;
const QUOTA_TEXT =
  '企业微信的标签数量已满，部分“客户分层”“客户阶段”标签没有建成，分层照常进行。请在管理后台删除不用的标签，今晚会自动补建';

/** Readings that are about to begin, and what is asked of them: whoever asks meanwhile shares them. */
const coming = new WeakMap<object, Coming>();
type Coming = { done: Promise<void>; askedAt: Date };

/**
 * Reads our tags from WeCom, makes what is absent, and keeps ids and names. Many calls at once cause one reading. One process
 * at a time makes tags.
 *
 * @throws {WecomError | WecomUnreachable} when WeCom refuses for another reason than want of room, of which a notice tells.
 */
export function refreshTags(context: Needs): Promise<void> {
  const shared = coming.get(context.tagCatalog);
  if (shared) {
    shared.askedAt = context.now();
    return shared.done;
  }
  const mine: Coming = { done: Promise.resolve(), askedAt: context.now() };
  coming.set(context.tagCatalog, mine);
  mine.done = refresh(context, mine).finally(() => begin(context, mine));
  return mine.done;
}

/** From now on a call needs a reading of its own. */
function begin({ tagCatalog }: Needs, mine: Coming): void {
  if (coming.get(tagCatalog) === mine) coming.delete(tagCatalog);
}

async function refresh(context: Needs, mine: Coming): Promise<void> {
  for (;;) {
    const held = await context.locks.hold('tag-catalog', () => readCatalog(context, mine));
    if (held) return;
    await new Promise((resolve) => void setTimeout(resolve, ASK_AGAIN_MS));
  }
}

async function readCatalog(context: Needs, mine: Coming): Promise<void> {
  const keptAt = await context.tagCatalog.readAt();
  begin(context, mine);
  if (keptAt && keptAt > mine.askedAt) return; // another process was quicker
  const readAt = context.now();
  const told = await readTold(context, readAt);
  if (!told) return;
  const kept: Partial<TagCatalog> = (await context.tagCatalog.read()) ?? {};
  const catalog: TagCatalog = {
    tier: await settle(context, { group: 'tier', told, kept: kept.tier ?? null }),
    stage: await settle(context, { group: 'stage', told, kept: kept.stage ?? null }),
  };
  await context.tagCatalog.save(catalog, readAt);
  const [kind, subject] = ['tag-quota', ''];
  if (isCompleteCatalog(catalog)) await context.notices.resolve(kind, subject, readAt);
  else await context.notices.raise({ kind, subject, text: QUOTA_TEXT }, readAt);
}

const UNREAD_TEXT =
  '企业微信的标签列表中有读不懂的内容，这次没有更新“客户分层”“客户阶段”标签，以免重复建立；已有的标签照常使用，下次读取时会再试';

/** Every group; null, of which administrators are told, when one or a tag could not be read: it may be ours, and made twice. */
async function readTold({ wecom, notices }: Needs, readAt: Date): Promise<ListedGroup[] | null> {
  let unread = 0;
  const told = await wecom.tags.groups({ onStrays: (count) => void (unread += count) });
  const [kind, subject] = ['tag-unread', ''];
  if (unread > 0) await notices.raise({ kind, subject, text: UNREAD_TEXT }, readAt);
  else await notices.resolve(kind, subject, readAt);
  return unread > 0 ? null : told;
}

type Case = { group: TagGroup; told: readonly ListedGroup[]; kept: OwnGroup | null };

/** Our group, with what it lacks made now; in a group of our own beside it when it belongs to others. */
async function settle({ wecom }: Needs, { group, told, kept }: Case): Promise<OwnGroup> {
  const plan = tagPlan(group, told, { kept });
  try {
    return await make(wecom, plan);
  } catch (error) {
    if (!(error instanceof WecomError && NOT_OURS.includes(error.errcode))) throw error;
    const now = await wecom.tags.groups();
    const again = tagPlan(group, now, { kept });
    if (again.create.length === 0) return ownGroupOf(again, null);
    return make(wecom, tagPlan(group, now, { kept, avoid: [again.home?.groupId ?? ''] }));
  }
}

async function make(wecom: Context['wecom'], plan: TagPlan): Promise<OwnGroup> {
  if (plan.create.length === 0) return ownGroupOf(plan, null);
  const home = plan.home ? { groupId: plan.home.groupId } : { groupName: plan.groupName };
  const names = plan.create.map(({ name }) => name);
  try {
    return ownGroupOf(plan, await wecom.tags.add(home, names));
  } catch (error) {
    if (error instanceof WecomError && error.errcode === NO_ROOM) return ownGroupOf(plan, null);
    throw error;
  }
}
