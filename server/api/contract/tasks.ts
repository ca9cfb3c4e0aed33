import { z } from 'zod';
import { TASK_KINDS } from '../../domain/follow-ups/task.ts';
import { MEMBERS, NOTHING, taskTo } from './access.ts';

const TaskShape = z.object({
  id: z.string(),
  kind: z.enum(TASK_KINDS),
  accountId: z.string(),
  accountName: z.string(),
  /** Whom it is about; null: nobody in particular. */
  externalUserId: z.string().nullable(),
  personName: z.string().nullable(),
  dueOn: z.iso.date(),
  /** HH:MM on that day, where the hour matters. */
  at: z.string().nullable(),
  /** Working days past `dueOn`; 0 when not overdue. */
  overdueWorkingDays: z.number().int().min(0),
  /** What led to it, in the words of who caused it. */
  cause: z.string(),
  openedAt: z.iso.datetime(),
});
export type TaskItem = z.infer<typeof TaskShape>;

/** `GET /api/v1/tasks`: open tasks of an account, or, without one, what the caller has to do; the earliest due first. */
export const GetTasks = {
  access: MEMBERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({ accountId: z.string().min(1).max(64).optional() }),
  body: z.object({}),
  answer: z.object({ total: z.number().int(), items: z.array(TaskShape) }),
};
export type TaskList = z.infer<typeof GetTasks.answer>;

/** `POST /api/v1/tasks/:id/close`. 409 `task_closed` when somebody else was faster. */
export const PostCloseTask = {
  access: MEMBERS,
  load: taskTo('edit'),
  params: z.object({ id: z.string().min(1).max(200) }),
  query: z.object({}),
  body: z.object({ result: z.string().trim().min(1, '请写一句联系的结果').max(500) }),
  answer: z.object({ id: z.string() }),
};
