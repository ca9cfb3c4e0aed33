import { ActionError } from '../action-error.ts';
import type { Platform } from '../platform.ts';
import { noteTalk, sayInChat } from '../send-chat.ts';
import type { LinkCard, PersonId } from '../state.ts';
import { messageByLink } from './come-by-link.ts';
import { requireRelation } from './find-relation.ts';
import type { RelationKey } from './find-relation.ts';

/** One line between a member and his customer, in either direction; no callback, except for customers of acquisition links. @throws {ActionError} 400, 404, 409 */
export function sendChat(
  platform: Platform,
  wish: { from: PersonId; to: PersonId; text: string; links?: LinkCard[] | undefined },
): void {
  if (wish.text === '' && !wish.links?.length) throw new ActionError(400, 'empty', '请输入内容');
  const key = peopleOf(wish);
  if (requireRelation(platform, key).deletedByCustomer)
    throw new ActionError(409, 'not_friends', '对方已不是联系人，消息未送达');
  sayInChat(platform, { from: wish.from, to: wish.to, text: wish.text, links: wish.links ?? [] });
  noteTalk(platform, key);
  if (splitPerson(wish.from).kind === 'customer') messageByLink(platform, key);
  platform.save();
  platform.deliver();
}

/** Which of the two is the member. @throws {ActionError} 400 `wrong_people` */
function peopleOf({ from, to }: { from: PersonId; to: PersonId }): RelationKey {
  const people = [splitPerson(from), splitPerson(to)];
  const userid = people.find((person) => person.kind === 'staff')?.id;
  const externalUserId = people.find((person) => person.kind === 'customer')?.id;
  if (userid === undefined || externalUserId === undefined)
    throw new ActionError(400, 'wrong_people', '只支持成员与客户之间的聊天');
  return { userid, externalUserId };
}

/** Takes `staff:…` or `customer:…` apart. @throws {ActionError} 400 `wrong_person` */
export function splitPerson(person: PersonId): { kind: 'staff' | 'customer'; id: string } {
  const [, kind, id] = /^(staff|customer):(.+)$/.exec(person) ?? [];
  if (id === undefined || (kind !== 'staff' && kind !== 'customer'))
    throw new ActionError(400, 'wrong_person', '人员标识应为 staff:… 或 customer:…');
  return { kind, id };
}
