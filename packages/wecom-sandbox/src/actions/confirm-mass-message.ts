import { ActionError } from '../action-error.ts';
import { isSameUserid } from '../api/find-people.ts';
import { massQuota } from '../mass-quota.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { sayInChat } from '../send-chat.ts';
import { nextId } from '../state.ts';
import type { MassMessage, MassRecipient, MassTask } from '../state.ts';
import { relationOf, staffNamed } from './find-relation.ts';

/** `recipients`: the customers whom the member chooses instead, where the message lets him. */
export type ConfirmMassMessage = { userid: string; msgid: string; recipients?: string[] | undefined };

/** The member sends the waiting mass message to his customers; no callback tells of it. @throws {ActionError} 404, 409 */
export function confirmMassMessage(platform: Platform, wish: ConfirmMassMessage): void {
  const message = platform.state.massMessages.find((candidate) => candidate.msgid === wish.msgid);
  const task = message?.tasks.find((candidate) => isSameUserid(candidate.userid, wish.userid));
  if (!message || !task) throw new ActionError(404, 'unknown_task', '没有这条群发任务');
  if (task.status !== 'waiting') throw new ActionError(409, 'not_waiting', '这条群发任务已发送或已停止');
  sendTask(platform, { message, task, chosen: chosenBy(platform, message, { task, wish }) });
  platform.save();
}

/** Whom it goes to; somebody new is taken into the task. @throws {ActionError} 409 where nobody may be chosen, 404 no customer of his */
function chosenBy(
  platform: Platform,
  message: MassMessage,
  { task, wish }: { task: MassTask; wish: ConfirmMassMessage },
): MassRecipient[] {
  const { recipients: ids } = wish;
  if (ids === undefined) return task.recipients;
  if (!message.isSelectable) throw new ActionError(409, 'not_selectable', '这条群发不能更换客户');
  for (const externalUserId of ids) {
    if (!relationOf(platform, { userid: task.userid, externalUserId }))
      throw new ActionError(404, 'unknown_relation', '他们还不是联系人');
    if (!task.recipients.some((row) => row.externalUserId === externalUserId))
      task.recipients.push({ externalUserId, status: 0, sentAt: null });
  }
  return task.recipients.filter((row) => ids.includes(row.externalUserId));
}

/** Delivers to those chosen; the others stay unsent. */
function sendTask(
  platform: Platform,
  { message, task, chosen }: { message: MassMessage; task: MassTask; chosen: MassRecipient[] },
): void {
  const sentAt = unixNow(platform);
  for (const recipient of chosen) {
    recipient.status = outcomeFor(platform, task.userid, recipient);
    recipient.sentAt = sentAt;
    if (recipient.status !== 1 || recipient.chatId !== undefined) continue;
    const to = `customer:${recipient.externalUserId}`;
    sayInChat(platform, { from: `staff:${task.userid}`, to, text: message.text, links: message.links });
  }
  task.status = 'sent';
  task.sentAt = sentAt;
}

/** 2 when they are no longer friends, 3 when the customer or group already had as many as it may get. Source: wecom.md §3.7. */
function outcomeFor(platform: Platform, userid: string, recipient: MassRecipient): 1 | 2 | 3 {
  if (!isReachable(platform, userid, recipient)) return 2;
  const { since, most } = massQuota(platform);
  const isSame = (row: MassRecipient) =>
    row.chatId === recipient.chatId && row.externalUserId === recipient.externalUserId;
  const had = platform.state.massMessages
    .flatMap((message) => message.tasks)
    .flatMap((task) => task.recipients)
    .filter((row) => row.status === 1 && (row.sentAt ?? 0) >= since && isSame(row));
  return had.length >= most ? 3 : 1;
}

/** Whether the two are friends, or the group is still there and his. */
function isReachable(platform: Platform, userid: string, { externalUserId, chatId }: MassRecipient): boolean {
  if (chatId !== undefined)
    return platform.state.groups.some(
      (group) => group.chatId === chatId && group.ownerId === userid && group.dismissedAt === null,
    );
  const relation = relationOf(platform, { userid, externalUserId });
  return relation !== undefined && !relation.deletedByCustomer;
}

/** A member writes to many customers by himself; counts together with those of the corp. @throws {ActionError} 404 */
export function sendOwnMassMessage(
  platform: Platform,
  wish: { userid: string; externalUserIds: string[]; text: string },
): { msgid: string } {
  const { userid } = staffNamed(platform, wish.userid);
  const rows = wish.externalUserIds.map((externalUserId) => ({
    externalUserId,
    status: 0 as const,
    sentAt: null,
  }));
  const task: MassTask = { userid, status: 'waiting', sentAt: null, recipients: rows };
  const message: MassMessage = {
    msgid: nextId(platform.state, 'msg'),
    chatType: 'single',
    creatorId: userid,
    createdAt: unixNow(platform),
    text: wish.text,
    attachments: [],
    links: [],
    tasks: [task],
    remindedAt: [],
  };
  platform.state.massMessages.push(message);
  sendTask(platform, { message, task, chosen: task.recipients });
  platform.save();
  return { msgid: message.msgid };
}
