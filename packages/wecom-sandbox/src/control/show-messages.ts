import { splitPerson } from '../actions/send-chat.ts';
import type { Platform } from '../platform.ts';
import type { KeptMessage, MassMessage, MassTask, PersonId } from '../state.ts';

/** As control clients get it; `at` is ISO 8601. */
type Shown = { at: string } & Record<string, unknown>;

/** One person's messages and, for a member, the mass messages to confirm; oldest first. @throws {ActionError} 400 */
export function showMessages(platform: Platform, person: PersonId): Shown[] {
  const { kind, id } = splitPerson(person);
  const said = platform.state.messages.flatMap((message) => showMessage(message, person));
  const tasks =
    kind === 'staff' ? platform.state.massMessages.flatMap((mass) => showTasks(platform, mass, id)) : [];
  return [...said, ...tasks].sort((left, right) => left.at.localeCompare(right.at));
}

/** A message from this person's side, or nothing when it is not theirs. */
function showMessage(message: KeptMessage, person: PersonId): Shown[] {
  if (message.kind === 'app') {
    const { to, ...shown } = message;
    return `staff:${to}` === person ? [shown] : [];
  }
  const { from, to, ...shown } = message;
  if (from !== person && to !== person) return [];
  return [{ ...shown, peer: from === person ? to : from, fromMe: from === person }];
}

/** The member's own part of a mass message, with the customers' names. */
function showTasks({ state }: Platform, mass: MassMessage, userid: string): Shown[] {
  const names = new Map([
    ...state.corp.customers.map(({ externalUserId, name }) => [externalUserId, name] as const),
    ...state.groups.map(({ chatId, name }) => [chatId, name] as const),
  ]);
  const show = (task: MassTask): Shown => ({
    id: `${mass.msgid}:${task.userid}`,
    at: new Date(mass.createdAt * 1000).toISOString(),
    kind: 'task',
    msgid: mass.msgid,
    text: mass.text,
    links: mass.links,
    // A group is named like a customer.
    recipients: task.recipients.map(({ externalUserId, chatId = externalUserId }) => ({
      externalUserId: chatId,
      name: names.get(chatId) ?? chatId,
    })),
    status: task.status,
  });
  return mass.tasks.filter((task) => task.userid === userid).map(show);
}
