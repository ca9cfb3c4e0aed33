import type { Context } from '../../context.ts';
import { awayOn, standInOf } from '../../domain/staff/absence.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { contactRight, type ContactRight } from '../../domain/contacts/contact-right.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import type { ContactWithBook } from '../../store/contacts.ts';

/** A contact that the caller may see, with the account and everybody who follows or followed. */
export type LoadedContact = ContactWithBook & { account: Account };

type Needs = Pick<Context, 'absences' | 'contacts' | 'now' | 'site'>;

/**
 * Opens a contact for a caller who wants to read or to write; see `contactRight`. Absences are asked only when nothing else
 * gives the right, so mostly it is one reading.
 *
 * @throws {AppError} 404 `contact_not_found`; 403 `not_your_contact`; 403 `contact_read_only`.
 */
export async function loadContact(
  context: Needs,
  caller: Caller,
  { externalUserId, to }: { externalUserId: string; to: 'read' | 'write' },
): Promise<LoadedContact> {
  const found = await context.contacts.findWithBook(externalUserId);
  if (!found?.account) {
    throw new AppError(404, 'contact_not_found', { message: '还没有这位客户的资料，请稍后再试' });
  }
  const { contact, account, followers } = found;
  const right = await rightOf(context, caller, { ...found, account });
  if (right === 'write' || right === to) return { contact, account, followers };
  if (right === 'read')
    throw new AppError(403, 'contact_read_only', { message: '您已不再跟进这位客户，只能查看资料' });
  throw new AppError(403, 'not_your_contact', { message: '只能查看自己或本部门同事的客户' });
}

async function rightOf(
  { absences, now, site }: Needs,
  caller: Caller,
  opened: LoadedContact,
): Promise<ContactRight> {
  const right = contactRight(caller, { ...opened, standInId: null });
  if (right === 'write') return right;
  const today = calendarDay(now(), site.timeZone);
  const standInId = standInOf(opened.account, awayOn(await absences.on(today), today));
  return standInId ? contactRight(caller, { ...opened, standInId }) : right;
}
