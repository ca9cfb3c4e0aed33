import type { Context } from '../../context.ts';
import { groupFacts } from '../../domain/contacts/group-facts.ts';
import { NotYetError } from '../../errors.ts';
import { WecomError } from '../../wecom/client/error.ts';

/** WeCom's answer lags the event by about 2 s; after so long what it tells is taken for the truth. Source: wecom.md §2.2. */
const LAG_MS = 10_000;

/** Only changes of the members have a version to compare; for others, whatever is told so much later counts. */
const BLIND_LAG_MS = 3000;

/** No such customer group (any more). Source: wecom.md §4.2. */
const NO_GROUP = [40050, 49008, 90500, 90501];

/** What was announced: `version` of the members after it, null when they did not change; `isNew`: there was none before. */
export type GroupNews = { at: Date; isNew: boolean; version: string | null };

/**
 * Keeps a customer group as WeCom tells it now; one that WeCom does not know is marked dismissed. Repeatable. `news` is what
 * made us look, null for no particular reason.
 *
 * @throws {NotYetError} while WeCom still seems to tell how it was before the news.
 */
export async function recordGroup(
  { groups, wecom, now }: Pick<Context, 'groups' | 'wecom' | 'now'>,
  chatId: string,
  news: GroupNews | null = null,
): Promise<void> {
  const readAt = now();
  const group = await wecom.groups.get(chatId).catch((error: unknown) => {
    if (error instanceof WecomError && NO_GROUP.includes(error.errcode)) return null;
    throw error;
  });
  if (group) await groups.save(groupFacts(group), readAt);
  if (news && isLagging(group, news, readAt))
    throw new NotYetError('the group is told as it was before the event');
  if (!group) await groups.dismiss(chatId, readAt);
}

function isLagging(group: { version: string } | null, news: GroupNews, readAt: Date): boolean {
  const ageMs = readAt.getTime() - news.at.getTime();
  if (!group) return ageMs < LAG_MS;
  if (news.version !== null) return group.version !== news.version && ageMs < LAG_MS;
  return !news.isNew && ageMs < BLIND_LAG_MS;
}
