import type { Context } from '../../context.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { afterMessage, nextDue } from '../../domain/cadence.ts';
import { messageStart } from '../../domain/follow-up.ts';
import type { Caller } from '../../domain/staff.ts';
import { cadenceReport, type CadenceReport } from '../../domain/view.ts';
import type { Account } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';

/** A text that WeCom says it has sent; `requestId` makes a repeated report harmless. */
type Sent = { requestId: string; text: string };

/** What was opened for the caller; see `open-contact`. */
type Opened = { contact: Contact; account: Account };

type Needs = Pick<Context, 'accounts' | 'followUps' | 'settings' | 'audit' | 'now' | 'site'>;

/**
 * Keeps that a message was sent to a contact from the sidebar: who, when, and how it began. It is a touch, so the account's
 * cadence moves at once. A repeated report changes nothing. Source: domain.md §6.
 */
export async function logMessage(
  context: Needs,
  caller: Caller,
  { opened, sent }: { opened: Opened; sent: Sent },
): Promise<{ id: string; cadence: CadenceReport }> {
  const { timeZone } = context.site;
  const place = { timeZone, ...(await context.settings.read()) };
  const at = context.now();
  const { account, contact } = opened;
  const id = `${caller.staffId}:${sent.requestId}`;
  if (await context.followUps.find(id)) return { id, cadence: cadenceReport(account, at, place) };
  const marks = afterMessage(account, { at, day: calendarDay(at, timeZone) });
  const touched = { ...account, ...marks };
  await context.accounts.update(account._id, { ...marks, dueOn: nextDue(touched, place).dueOn });
  const isNew = await context.followUps.keep({
    _id: id,
    accountId: account._id,
    externalUserId: contact._id,
    staffId: caller.staffId,
    at,
    channel: 'chat',
    purpose: '发消息',
    notes: messageStart(sent.text),
    nextStep: '',
    nextOn: marks.promisedOn,
    isMessage: true,
  });
  if (isNew) await note(context, caller, { opened, at });
  return { id, cadence: cadenceReport(touched, at, place) };
}

/** Notes the touch, and no word of what was said. */
const note = ({ audit }: Needs, { staffId }: Caller, { opened, at }: { opened: Opened; at: Date }) =>
  audit.note([
    {
      by: staffId,
      at,
      act: 'contact.message',
      subject: `contact:${opened.contact._id}`,
      from: opened.account.lastTouchAt,
      to: at,
    },
  ]);
