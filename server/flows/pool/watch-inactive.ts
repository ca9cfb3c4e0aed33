import type { Context } from '../../context.ts';
import { GRACE_DAYS, mustRelease } from '../../domain/staff/staff.ts';

const KIND = 'staff-disabled';

/**
 * Finds the members whose accounts have to go to the pool, and tells administrators of those who may come back: they keep
 * their accounts for a week.
 *
 * @returns ids of members for `retireMember`: with accounts to release, or with accounts proposed to somebody who left, too.
 */
export async function watchInactive({
  staff,
  pool,
  notices,
  now,
}: Pick<Context, 'staff' | 'pool' | 'notices' | 'now'>): Promise<string[]> {
  const inactive = await staff.inactive();
  const ids = inactive.map(({ _id }) => _id);
  const owned = await pool.countOwned(ids);
  const isDue = (member: (typeof inactive)[number]) => mustRelease(member, now());
  const due = inactive.filter((member) => owned.has(member._id) && isDue(member)).map(({ _id }) => _id);
  const waiting = inactive.filter(
    (member) => owned.has(member._id) && !isDue(member) && member.standing !== 'not_activated',
  );
  const told = (await notices.open()).filter(({ kind }) => kind === KIND).map(({ subject }) => subject);
  for (const { _id } of waiting.filter(({ _id }) => !told.includes(_id))) {
    const text = `成员 ${_id} 已停用或不在可见范围内，名下 ${owned.get(_id) ?? 0} 个客户保留 ${GRACE_DAYS} 天，之后进入待分配`;
    await notices.raise({ kind: KIND, subject: _id, text }, now());
  }
  const isWaiting = (subject: string) => waiting.some(({ _id }) => _id === subject);
  for (const subject of told.filter((each) => !isWaiting(each))) await notices.resolve(KIND, subject, now());
  const anew = (await pool.proposersTo(ids)).flatMap((id) => (id ? [id] : []));
  return [...new Set([...due, ...anew])];
}
