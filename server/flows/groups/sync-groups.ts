import type { Context } from '../../context.ts';
import { isSuspicious, type SetAside } from '../../domain/sync/drift.ts';
import { groupFacts, isSameGroup } from '../../domain/contacts/group-facts.ts';
import { eachAtOnce, halveRefused } from '../../infra/streams.ts';
import { WecomError, WecomUnreachable } from '../../wecom/client/error.ts';

type Needs = Pick<Context, 'groups' | 'syncs' | 'wecom' | 'log' | 'now'>;

/** What became of the groups. `suspicious`: missing from the list, but not believed; `failed`: could not be read. */
export type GroupDrift = { groups: number; suspicious: number; failed: number };

/** So many groups are read at once. */
const LANES = 3;

/**
 * Reads every customer group of the owners, as no list tells which of them changed, and writes what differs. A group that is
 * missing from the list is asked for by name before it is held for dismissed; when too many are missing, none is.
 */
export async function syncGroups(
  context: Needs,
  ownerIds: readonly string[],
  { runId, acceptsLosses = false }: { runId: string; acceptsLosses?: boolean },
): Promise<GroupDrift> {
  const { listed, aside } = await listGroups(context, ownerIds);
  const living = await context.groups.livingIds();
  const missing = living.filter((chatId) => !listed.has(chatId));
  const isDoubted = !acceptsLosses && isSuspicious({ known: living.length, missing: missing.length });
  const drift = { groups: 0, suspicious: isDoubted ? missing.length : 0, failed: 0 };
  await eachAtOnce([...listed, ...(isDoubted ? [] : missing)], LANES, async (chatId) => {
    try {
      if (await syncGroup(context, chatId, listed.has(chatId))) drift.groups += 1;
    } catch (error) {
      drift.failed += 1;
      aside.push({ kind: 'group', staffId: '', reason: reasonOf(error), count: 1 });
      context.log.error({ error, chatId }, 'customer group not read');
    }
  });
  await context.syncs.note(runId, { counts: { groups: drift.groups, suspicious: drift.suspicious }, aside });
  return drift;
}

const isOfPart = (error: unknown) => error instanceof WecomError && error.isOfPart;

/** The groups of the owners, without those whom WeCom refuses: theirs are asked for by name. */
async function listGroups(
  { wecom }: Needs,
  ownerIds: readonly string[],
): Promise<{ listed: Set<string>; aside: SetAside[] }> {
  const listed = new Set<string>();
  const list = async (owners: readonly string[]) => {
    for await (const rows of wecom.groups.pages(owners)) for (const { chatId } of rows) listed.add(chatId);
  };
  const refused = await halveRefused(ownerIds, list, isOfPart);
  if (refused[0] && refused.length === ownerIds.length) throw refused[0].error;
  const aside = refused.map(({ item: staffId, error }) => ({
    kind: 'member' as const,
    staffId,
    reason: reasonOf(error),
    count: 1,
  }));
  return { listed, aside };
}

const reasonOf = (error: unknown): string => {
  if (error instanceof WecomError) return String(error.errcode);
  return error instanceof WecomUnreachable ? error.reason : 'unknown';
};

/** `true` when something was written. */
async function syncGroup({ groups, wecom, now }: Needs, chatId: string, isListed: boolean): Promise<boolean> {
  const readAt = now();
  try {
    const told = groupFacts(await wecom.groups.get(chatId));
    if (isSameGroup((await groups.find(chatId)) ?? undefined, told)) return false;
    await groups.save(told, readAt);
    return true;
  } catch (error) {
    if (isListed || !(error instanceof WecomError) || error.isTransient || error.isNotAllowed) throw error;
    return groups.dismiss(chatId, readAt);
  }
}
