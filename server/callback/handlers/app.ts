import type { Context } from '../../context.ts';
import { SUCCESSOR_BUTTONS } from '../../domain/staff/successor.ts';
import { listDue } from '../../flows/contacts/list-due.ts';
import { listTasks } from '../../flows/tasks/list-tasks.ts';
import { notifyDue } from '../../flows/reminders/notify-due.ts';
import { noteVisit } from '../../flows/staff/note-visit.ts';
import { spellIds } from '../../flows/staff/spell-ids.ts';
import { recordMember } from '../../flows/staff/record-member.ts';
import { acceptSuccessor } from '../../flows/transfers/accept-successor.ts';
import { postponeSuccessor } from '../../flows/transfers/postpone-successor.ts';
import { CardPressed, Clicked, FromMember } from '../events/app.ts';
import { on, type Handler } from '../handler.ts';

/** So many follow-ups are listed, as in the morning's reminder. */
const SHOWN = 10;

type Press = { staffId: string; subject: string; responseCode: string; at: Date };

/** What the buttons of our cards do: their key is `verb:subject`. Other verbs are nobody's. */
const VERBS: Readonly<Record<string, (context: Context, press: Press) => Promise<void>>> = {
  [SUCCESSOR_BUTTONS.accept]: acceptSuccessor,
  [SUCCESSOR_BUTTONS.postpone]: postponeSuccessor,
};

/** What entries of the app's menu do, by their key. */
const ENTRIES: Readonly<Record<string, (context: Context, staffId: string, at: Date) => Promise<unknown>>> = {
  my_due: async (context, staffId, at) =>
    notifyDue(
      context,
      {
        staffId,
        ...(await listDue(context, staffId, SHOWN)),
        tasks: await listTasks(context, { staffId }),
      },
      at,
    ),
};

const own = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** Who did it, as the directory spells the id: events of the app need not. */
const memberOf = async (context: Context, { staffId }: { staffId: string }) =>
  (await spellIds(context, [staffId]))[0] ?? staffId;

const look = on(FromMember, async (context, { fields }) =>
  recordMember(context, { staffId: await memberOf(context, fields) }),
);

/** What members do in the app. Source: wecom.md §2.5. */
export const APP_HANDLERS: Readonly<Record<string, Handler>> = {
  subscribe: look,
  unsubscribe: look,
  enter_agent: on(FromMember, (context, { fields, happenedAt }) =>
    noteVisit(context, fields.staffId, happenedAt),
  ),
  click: on(Clicked, async (context, { fields, happenedAt }) => {
    await own(ENTRIES, fields.eventKey)?.(context, await memberOf(context, fields), happenedAt);
  }),
  template_card_event: on(CardPressed, async (context, { fields, happenedAt: at }) => {
    const { eventKey, responseCode } = fields;
    const staffId = await memberOf(context, fields);
    const [verb = '', ...rest] = eventKey.split(':');
    await own(VERBS, verb)?.(context, { staffId, subject: rest.join(':'), responseCode, at });
  }),
};
