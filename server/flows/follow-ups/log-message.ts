import type { Context } from '../../context.ts';
import { messageStart } from '../../domain/follow-up.ts';
import type { Caller } from '../../domain/staff.ts';
import { cadenceReport, type CadenceReport } from '../../domain/view.ts';
import type { Account } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';

/** A text that WeCom says it has sent; `requestId` makes a repeated report harmless, `answersId` names the question it answers. */
type Sent = { requestId: string; text: string; answersId: string | null };

/** What was opened for the caller; see `open-contact`. */
type Opened = { contact: Contact; account: Account };

type Needs = Pick<Context, 'followUps' | 'questions' | 'touches' | 'settings' | 'audit' | 'now' | 'site'>;

/**
 * Keeps that a message was sent to a contact from the sidebar: who, when, and how it began. It is a touch, so the account's
 * cadence moves at once, and an answer closes its question. A promise is left: one of a later day stands, an earlier one waits
 * for somebody to say what became of it. A repeated report changes nothing. Source: domain.md §6.
 */
export async function logMessage(
  context: Needs,
  caller: Caller,
  { opened, sent }: { opened: Opened; sent: Sent },
): Promise<{ id: string; cadence: CadenceReport }> {
  const place = { timeZone: context.site.timeZone, ...(await context.settings.read()) };
  const id = `${caller.staffId}:${sent.requestId}`;
  if (!(await context.followUps.find(id))) await keep(context, caller, { id, opened, sent });
  const account = (await context.touches.refresh(opened.account._id, place)) ?? opened.account;
  return { id, cadence: cadenceReport(account, context.now(), place) };
}

type Noted = { id: string; opened: Opened; sent: Sent };

/** The message goes last: while it is not there, a repeated report does everything again. */
async function keep(context: Needs, { staffId }: Caller, { id, opened, sent }: Noted): Promise<void> {
  const at = context.now();
  const { account, contact } = opened;
  const answered = { answeredAt: at, answeredBy: staffId, answeredIn: id };
  await context.questions.answer(account._id, sent.answersId ? [sent.answersId] : [], answered);
  const isNew = await context.followUps.keep({
    _id: id,
    accountId: account._id,
    externalUserId: contact._id,
    staffId,
    at,
    channel: 'chat',
    purpose: '发消息',
    notes: messageStart(sent.text),
    nextStep: '',
    nextOn: null,
    isMessage: true,
    isTouch: true,
  });
  if (isNew) await note(context, staffId, { opened, at });
}

/** Notes the touch, and no word of what was said. */
const note = ({ audit }: Needs, by: string, { opened, at }: { opened: Opened; at: Date }) =>
  audit.note([
    {
      by,
      at,
      act: 'contact.message',
      subject: `contact:${opened.contact._id}`,
      from: opened.account.lastTouchAt,
      to: at,
    },
  ]);
