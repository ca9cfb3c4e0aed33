import type { TaskItem } from '../../../server/api/contract/tasks.ts';
import { dayText } from '../days.ts';

/** Words around tasks. */
export const TASK = {
  title: '待办',
  count: (count: number) => `${count} 项`,
  kind: { contact_me: '请联系我' } satisfies Record<TaskItem['kind'], string>,
  due: ({ dueOn, overdueWorkingDays }: TaskItem) =>
    overdueWorkingDays > 0 ? `逾期 ${overdueWorkingDays} 个工作日` : `${dayText(dueOn)}前`,
  close: { contact_me: '已联系' } satisfies Record<TaskItem['kind'], string>,
  closeOf: (task: TaskItem) =>
    `${TASK.close[task.kind]}：${[task.accountName, task.personName ?? ''].join(' ').trim()}`,
  result: '联系的结果',
  resultHint: '一句话：谈了什么，怎么解决',
  resultMissing: '请写一句联系的结果',
  save: '完成',
  saving: '正在保存',
  closed: '已完成',
  offline: '没有连上服务器，请重试',
  failed: '待办没有读到',
} as const;
