import type { Context } from '../../context.ts';
import { messageStart } from '../../domain/follow-ups/follow-up.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import type { CadenceReport } from '../../domain/cadence/view.ts';
import type { Account } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';
import { refreshCadence, type CadenceNeeds } from '../cadence/refresh-cadence.ts';

/** A text that WeCom says it has sent; `requestId` makes a repeated report harmless, `answersId` names the question it answers. */
type Sent = { requestId: string; text: string; answersId: string | null };

/** What was opened for the caller; see `load-contact`. */
type Opened = { contact: Contact; account: Account };

type Needs = Pick<Context, 'followUps' | 'questions' | 'audit'> & CadenceNeeds;

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
  const id = `${caller.staffId}:${sent.requestId}`;
  if (!(await context.followUps.find(id))) await keep(context, caller, { id, opened, sent });
  return { id, cadence: await refreshCadence(context, opened.account) };
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
    outcome: null,
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
