import type { Context } from '../../context.ts';
import { relationId } from '../../domain/sync/relation.ts';

const KIND = 'unassigned-unknown';
const UNREAD = 'unassigned-unread';

/**
 * Reads which contacts of leavers nobody has taken over, and tells administrators of those that our book never had: they
 * would be forgotten otherwise. Repeatable.
 *
 * @returns how many there are, and how many of them we did not know.
 */
export async function checkUnassigned({
  relations,
  notices,
  wecom,
  now,
}: Pick<Context, 'relations' | 'notices' | 'wecom' | 'now'>): Promise<{
  unassigned: number;
  unknown: number;
}> {
  const unknown = new Map<string, number>();
  let unassigned = 0;
  let unread = 0;
  const onStrays = (ids: unknown[]) => void (unread += ids.length);
  for await (const rows of wecom.transfers.unassigned({ onStrays })) {
    const keys = rows.map(({ handoverId: staffId, externalUserId }) => ({ staffId, externalUserId }));
    const known = new Set((await relations.findMany(keys)).map(({ _id }) => _id));
    unassigned += keys.length;
    for (const { staffId } of keys.filter((key) => !known.has(relationId(key))))
      unknown.set(staffId, (unknown.get(staffId) ?? 0) + 1);
  }
  for (const [staffId, count] of unknown) {
    const text = `离职成员 ${staffId} 有 ${count} 位待分配客户不在本系统中，请在企业微信管理后台的“离职继承”里分配`;
    await notices.raise({ kind: KIND, subject: staffId, text }, now());
  }
  if (unread > 0) {
    const text = `企业微信的“离职继承”列表中有 ${unread} 条读不懂，请在企业微信管理后台核对有没有漏掉的客户`;
    await notices.raise({ kind: UNREAD, subject: '', text }, now());
  } else await resolveOthers({ notices, now }, unknown);
  const total = [...unknown.values()].reduce((sum, count) => sum + count, 0);
  return { unassigned, unknown: total };
}

/** Only a list that was read as a whole shows that nothing is left of what was told before. */
async function resolveOthers(
  { notices, now }: Pick<Context, 'notices' | 'now'>,
  unknown: ReadonlyMap<string, number>,
): Promise<void> {
  for (const { kind, subject } of await notices.open())
    if (kind === UNREAD || (kind === KIND && !unknown.has(subject)))
      await notices.resolve(kind, subject, now());
}
