import type { Context } from '../../context.ts';
import { awayOn } from '../../domain/staff/absence.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { contactName } from '../../domain/contacts/contact-name.ts';
import type { Task } from '../../domain/follow-ups/task.ts';
import { contactMeMessage } from '../../domain/follow-ups/task-text.ts';

type Needs = Pick<
  Context,
  'absences' | 'accounts' | 'contacts' | 'ledger' | 'relations' | 'site' | 'tasks' | 'wecom' | 'now'
>;

/**
 * Tells everybody who has yet to be told of a task, each once whatever restarts. While somebody is away their stand-in is told;
 * without one it waits for them.
 *
 * @returns how many were told.
 * @throws {WecomError | WecomUnreachable} of the first who could not be told, after all were tried.
 */
export async function notifyTask(context: Needs, task: Task): Promise<number> {
  const { absences, site, now } = context;
  const today = calendarDay(now(), site.timeZone);
  const away = awayOn(await absences.on(today), today);
  const text = await messageOf(context, task);
  const failures: unknown[] = [];
  let told = 0;
  for (const staffId of task.untold) {
    const listenerId = away.has(staffId) ? away.get(staffId) : staffId;
    if (!listenerId || away.has(listenerId)) continue;
    try {
      told += Number(await tellOne(context, { task, staffId, listenerId, text }));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return told;
}

type Telling = { task: Task; staffId: string; listenerId: string; text: string };

async function tellOne(
  { ledger, tasks, wecom, now }: Needs,
  { task, staffId, listenerId, text }: Telling,
): Promise<boolean> {
  const right = { purpose: task.kind, key: `${task._id}:${staffId}`, day: 'once' };
  const isTold = await ledger.once(right, now(), () => wecom.messages.sendText(listenerId, text));
  await tasks.markTold(task._id, staffId);
  return isTold;
}

async function messageOf(context: Needs, task: Task): Promise<string> {
  const { accountId, externalUserId, cause, dueOn } = task;
  const account = await context.accounts.find(accountId);
  const person = await personName(context, externalUserId, account?.ownerId ?? null);
  const path = externalUserId && `/sidebar/?contact=${encodeURIComponent(externalUserId)}`;
  const link = path && context.site.publicUrl + path;
  return contactMeMessage({ account: account?.name ?? '', person, words: cause.text, dueOn, link });
}

async function personName(
  { contacts, relations }: Needs,
  externalUserId: string | null,
  ownerId: string | null,
): Promise<string> {
  const contact = externalUserId ? await contacts.find(externalUserId) : null;
  return contact ? contactName(contact, await relations.followersOf([contact._id]), [ownerId]).name : '';
}
