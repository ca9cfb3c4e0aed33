import {
  addWorkingDays,
  calendarDay,
  workingDaysAfter,
  type CalendarSettings,
  type Day,
} from '../calendar.ts';

/**
 * Kinds of task 任务: one shelf holds them all, and a new kind is added here. Source: domain.md §1.
 * `contact_me` 请联系我: a customer asked for it in a survey.
 */
export const TASK_KINDS = ['contact_me'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** `withdrawn`: who asked for it took it back. */
export const TASK_STATES = ['open', 'done', 'withdrawn'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** Something that somebody has to do. */
export type Task = {
  _id: string; // kind:what caused it, so that one cause makes one task
  kind: TaskKind;
  accountId: string;
  externalUserId: string | null; // the person it is about
  assigneeId: string | null; // while the account has an owner, the owner is the one
  dueOn: Day;
  at: string | null; // HH:MM on that day, where the hour matters
  state: TaskState;
  cause: { subject: string; text: string }; // what led to it, and in whose words
  result: string; // what came of it
  openedAt: Date;
  closedAt: Date | null;
  closedBy: string | null;
  untold: string[]; // members who have yet to be told
};

/** What a survey answer says that matters for a task. */
type Wish = {
  _id: string;
  accountId: string;
  externalUserId: string;
  score: number;
  comment: string;
};

export const contactMeId = (answerId: string) => `contact_me:${answerId}`;

/** What the customer asks for, in their own words. */
export const contactMeText = ({ score, comment }: Pick<Wish, 'score' | 'comment'>): string =>
  comment ? `评分 ${score} 分：“${comment}”` : `评分 ${score} 分，没有留言`;

/** Who is to do a task, and who has to be told of it. */
export type TaskPeople = { assigneeId: string | null; untold: string[] };

/** The task for a customer who asked to be called, due in one working day. Source: domain.md §11. */
export function contactMeTask(
  answer: Wish,
  { assigneeId, untold }: TaskPeople,
  { now, timeZone, calendar }: { now: Date; timeZone: string; calendar: CalendarSettings },
): Task {
  return {
    _id: contactMeId(answer._id),
    kind: 'contact_me',
    accountId: answer.accountId,
    externalUserId: answer.externalUserId,
    assigneeId,
    dueOn: addWorkingDays(calendarDay(now, timeZone), 1, calendar),
    at: null,
    state: 'open',
    cause: { subject: `answer:${answer._id}`, text: contactMeText(answer) },
    result: '',
    openedAt: now,
    closedAt: null,
    closedBy: null,
    untold,
  };
}

/**
 * Whose task it is: the owner's, and their managers are told, too. Where nobody owns the account (or the owner left), the
 * managers of who asked the customer, else the administrators: the first of them has to see to it.
 */
export function taskPeople({ ownerId, managerIds, adminIds }: Responsible): TaskPeople {
  const above = managerIds.length > 0 ? managerIds : adminIds;
  const untold = [...new Set([...(ownerId ? [ownerId] : []), ...above])];
  return { assigneeId: untold[0] ?? null, untold };
}

/** `ownerId` null: nobody who is still there; `managerIds` of the owner, or of who asked. */
export type Responsible = {
  ownerId: string | null;
  managerIds: readonly string[];
  adminIds: readonly string[];
};

/** A task as pages show it. */
export function taskView(task: Task, { accountName, personName, today, calendar }: TaskContext): TaskView {
  const { _id: id, kind, accountId, externalUserId, dueOn, at, cause, openedAt } = task;
  return {
    id,
    kind,
    accountId,
    accountName,
    externalUserId,
    personName,
    dueOn,
    at,
    overdueWorkingDays: dueOn < today ? workingDaysAfter(dueOn, today, calendar) : 0,
    cause: cause.text,
    openedAt: openedAt.toISOString(),
  };
}

type TaskContext = {
  accountName: string;
  personName: string | null;
  today: Day;
  calendar: CalendarSettings;
};

export type TaskView = Pick<Task, 'kind' | 'accountId' | 'externalUserId' | 'dueOn' | 'at'> & {
  id: string;
  accountName: string;
  personName: string | null;
  overdueWorkingDays: number;
  cause: string;
  openedAt: string;
};
