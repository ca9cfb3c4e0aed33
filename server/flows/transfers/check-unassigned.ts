import type { Context } from '../../context.ts';
import { relationId } from '../../domain/relation.ts';

const KIND = 'unassigned-unknown';

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
  for await (const rows of wecom.transfers.unassigned()) {
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
  for (const { kind, subject } of await notices.open())
    if (kind === KIND && !unknown.has(subject)) await notices.resolve(KIND, subject, now());
  const total = [...unknown.values()].reduce((sum, count) => sum + count, 0);
  return { unassigned, unknown: total };
}
