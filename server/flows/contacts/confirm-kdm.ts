import type { Context } from '../../context.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';

type Needs = Pick<Context, 'contacts' | 'kdmChanges' | 'audit' | 'now'>;

/** What was opened for the caller, see `load-contact`, and the version they looked at. */
type Confirming = { opened: { contact: Contact; account: Account }; version: number };

/**
 * Notes that the profile 关键决策人 is right as it stands 资料无误, which makes it fresh. The version stays: nothing changed that
 * somebody's edit could lose. Repeatable.
 *
 * @throws {AppError} 409 `changed_meanwhile` when the caller looked at an older one.
 */
export async function confirmKdm(
  context: Needs,
  caller: Caller,
  { opened: { contact, account }, version }: Confirming,
): Promise<{ confirmedAt: string }> {
  const at = context.now();
  if (!(await context.contacts.confirmKdm(contact._id, version, at))) {
    throw new AppError(409, 'changed_meanwhile', { message: '同事刚改过这份资料，请看过最新内容再确认' });
  }
  const by = caller.staffId;
  const about = { externalUserId: contact._id, accountId: account._id };
  await context.kdmChanges.keep({
    _id: `${contact._id}:${version}:${at.getTime()}`,
    ...about,
    by,
    at,
    changes: [],
  });
  const from = contact.kdm.confirmedAt ?? null;
  await context.audit.note([
    { by, at, act: 'contact.kdm.confirm', subject: `contact:${contact._id}`, from, to: at },
  ]);
  return { confirmedAt: at.toISOString() };
}
