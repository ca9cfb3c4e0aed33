import type { Context } from '../../context.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { kdmChanges, tidyKdm, withChanges, type FieldChange } from '../../domain/contacts/kdm-changes.ts';
import { kdmProblems, type KdmEdit } from '../../domain/contacts/kdm-problems.ts';
import type { Kdm } from '../../domain/contacts/kdm.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';
import type { KdmSave } from '../../store/kdm-changes.ts';

type Needs = Pick<
  Context,
  'announcements' | 'contacts' | 'kdmChanges' | 'audit' | 'locks' | 'staff' | 'now' | 'site'
>;

/** What was opened for the caller; see `load-contact`. */
type Opened = { contact: Contact; account: Account };

/** The whole profile as filled in, and the version it began with. */
export type KdmSaving = { opened: Opened; edit: KdmEdit; version: number };

/** What came of it: the version that stands now, and how many fields changed. */
export type KdmSaved = { version: number; changed: number };

/**
 * Saves a profile 关键决策人 and with it confirms it. The record of the change is written first, under the version it makes: of
 * two who saved at once one is refused, and a save that was cut short is finished by the next. Repeating a save changes nothing.
 *
 * @throws {AppError} 400 `invalid_kdm` with the problems by field; 409 `changed_meanwhile`, or `busy` for a moment.
 */
export async function saveKdm(context: Needs, caller: Caller, saving: KdmSaving): Promise<KdmSaved> {
  const { superiorId } = saving.edit;
  if (!superiorId || superiorId === saving.opened.contact.kdm.superiorId) {
    return checkAndSave(context, caller, saving);
  }
  // Two new lines in one chart at once could make a ring that neither of them makes alone.
  const held = await context.locks.hold(`org-chart:${saving.opened.account._id}`, () =>
    checkAndSave(context, caller, saving),
  );
  if (held) return held.result;
  throw new AppError(409, 'busy', { message: '同事正在改这个客户的上下级，请稍后再保存' });
}

async function checkAndSave(context: Needs, caller: Caller, saving: KdmSaving): Promise<KdmSaved> {
  const { opened, version } = saving;
  const externalUserId = opened.contact._id;
  const people = await context.contacts.ofAccount(opened.account._id);
  const contact = people.find(({ _id }) => _id === externalUserId) ?? opened.contact;
  const edit = tidyKdm(saving.edit);
  const today = calendarDay(context.now(), context.site.timeZone);
  const [first, ...others] = kdmProblems(edit, { externalUserId, people, today });
  if (first) throw new AppError(400, 'invalid_kdm', { message: first.message, details: [first, ...others] });

  const changes = kdmChanges(contact.kdm, edit);
  const current = contact.kdmVersion ?? 0;
  if (current !== version) {
    if (changes.length === 0) return { version: current, changed: 0 };
    throw await changedMeanwhile(context, `${externalUserId}:${current}`);
  }
  await write(context, caller, { opened: { ...opened, contact }, version, changes });
  return { version: version + 1, changed: changes.length };
}

type Writing = { opened: Opened; version: number; changes: FieldChange[] };

async function write(context: Needs, caller: Caller, { opened, version, changes }: Writing): Promise<void> {
  const { contact, account } = opened;
  const id = `${contact._id}:${version + 1}`;
  const save: KdmSave = {
    _id: id,
    externalUserId: contact._id,
    accountId: account._id,
    by: caller.staffId,
    at: context.now(),
    changes,
  };
  if (!(await context.kdmChanges.keep(save))) {
    await finish(context, contact, id);
    throw await changedMeanwhile(context, id);
  }
  const kdm = { ...withChanges(contact.kdm, changes), confirmedAt: save.at };
  const isMade = await context.contacts.replaceKdm(contact._id, kdm, version);
  if (!isMade && !(await wasFinished(context, { contact, kdm, version }))) {
    await context.kdmChanges.drop(id);
    throw await changedMeanwhile(context, id);
  }
  const { by, at } = save;
  const [from, to] = [valuesOf(changes, 'from'), valuesOf(changes, 'to')];
  await context.audit.note([{ by, at, act: 'contact.kdm', subject: `contact:${contact._id}`, from, to }]);
  const about = { accountId: account._id, subjectId: contact._id, contactId: contact._id, by, at };
  if (changes.length > 0) await context.announcements.add([{ event: 'kdm.changed', ...about }]);
}

const valuesOf = (changes: readonly FieldChange[], side: 'from' | 'to') =>
  Object.fromEntries(changes.map((change) => [change.field, change[side]]));

/** Makes the change of a kept save whose process ended in between; nothing when it was made. */
async function finish({ contacts, kdmChanges }: Needs, contact: Contact, id: string): Promise<void> {
  const save = await kdmChanges.find(id);
  if (!save) return;
  const kdm = { ...withChanges(contact.kdm, save.changes), confirmedAt: save.at };
  await contacts.replaceKdm(contact._id, kdm, contact.kdmVersion ?? 0);
}

/** True when somebody who came in between has finished our save, so that all of it is there. */
async function wasFinished(
  { contacts }: Needs,
  { contact, kdm, version }: { contact: Contact; kdm: Kdm; version: number },
): Promise<boolean> {
  const now = await contacts.find(contact._id);
  const standing = now?.kdmVersion ?? 0;
  if (standing !== version + 1) return standing > version + 1;
  return kdmChanges(now?.kdm ?? {}, kdm).length === 0;
}

/** The refusal that names who saved last, and which fields. */
async function changedMeanwhile({ kdmChanges, staff }: Needs, id: string): Promise<AppError> {
  const save = await kdmChanges.find(id);
  const by = save ? await staff.find(save.by) : null;
  return new AppError(409, 'changed_meanwhile', {
    message: `${by?.name ?? '同事'}刚改过这份资料，请看过最新内容再保存`,
    details: { by: by?.name ?? null, fields: save?.changes.map(({ field }) => field) ?? [] },
  });
}
