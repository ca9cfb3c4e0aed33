import { ActionError } from '../action-error.ts';
import { isSameUserid } from '../api/find-people.ts';
import { customersOf, momentTask } from '../api/moment-tasks.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { MomentTask } from '../slices/moments.ts';
import { nextId, nextSecret } from '../state.ts';
import { staffNamed } from './find-relation.ts';

/** One member's part of one moment. */
export type MomentKey = { userid: string; momentId: string };

/** @throws {ActionError} 404 `unknown_moment` */
function taskOf({ state }: Platform, { userid, momentId }: MomentKey): MomentTask {
  const moment = state.moments.find((candidate) => candidate.momentId === momentId);
  const task = moment?.tasks.find((candidate) => isSameUserid(candidate.userid, userid));
  if (!task) throw new ActionError(404, 'unknown_moment', '没有这条朋友圈任务');
  return task;
}

/** The member publishes what the corp proposed; no callback tells of it. @throws {ActionError} 404, 409 */
export function publishMoment(platform: Platform, key: MomentKey): void {
  const task = taskOf(platform, key);
  if (task.publishedAt !== null || task.isCancelled)
    throw new ActionError(409, 'not_waiting', '这条朋友圈已发表或已停止');
  task.publishedAt = unixNow(platform);
  platform.save();
}

/** The member publishes a moment of his own to all his customers. @throws {ActionError} 404 */
export function publishOwnMoment(
  platform: Platform,
  wish: { userid: string; text: string },
): { momentId: string } {
  const { state } = platform;
  const { userid } = staffNamed(platform, wish.userid);
  const now = unixNow(platform);
  const momentId = nextId(state, 'mom');
  state.moments.push({
    momentId,
    jobId: nextSecret(state, 'moment job', 43),
    createdAt: now,
    createType: 1,
    creatorId: userid,
    visibleType: 1,
    text: wish.text,
    attachments: [],
    tasks: [{ ...momentTask(userid, customersOf(platform, userid, [])), publishedAt: now }],
    invalid: { users: [], departments: [], tags: [] },
  });
  platform.save();
  return { momentId };
}

/** A customer who may see it comments or likes it. @throws {ActionError} 404 */
export function reactToMoment(
  platform: Platform,
  wish: MomentKey & { externalUserId: string; kind: 'comment' | 'like' },
): void {
  const task = taskOf(platform, wish);
  if (task.publishedAt === null || !task.customers.includes(wish.externalUserId))
    throw new ActionError(404, 'unknown_moment', '客户看不到这条朋友圈');
  const list = wish.kind === 'comment' ? task.comments : task.likes;
  list.push({ kind: 'customer', id: wish.externalUserId, at: unixNow(platform) });
  platform.save();
}
