import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { Moment } from '../slices/moments.ts';
import { nextId, nextSecret } from '../state.ts';
import { defineApi } from './define-api.ts';
import { rangeFields } from './field-limits.ts';
import { checkMomentContent, momentFields } from './moment-content.ts';
import { momentTasks } from './moment-tasks.ts';

const MINUTE_SECONDS = 60;
const JOB_SECONDS = 86_400;

/** At most ten in a minute. @throws {ApiError} 45009 */
function checkPace({ state, rules }: Platform, now: number): void {
  const lately = state.moments.filter(
    ({ createType, createdAt }) => createType === 0 && createdAt > now - MINUTE_SECONDS,
  );
  if (lately.length >= rules.momentsPerMinute) throw new ApiError(45009);
}

/** Nobody named means everybody. */
const nobody = { user_list: [], department_list: [] };
const visibleRange = z
  .object({
    sender_list: rangeFields.default(nobody),
    external_contact_list: z.object({ tag_list: z.array(z.string()).default([]) }).default({ tag_list: [] }),
  })
  .default({ sender_list: nobody, external_contact_list: { tag_list: [] } });

/** Makes tasks only; each member publishes by hand. */
const add = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/add_moment_task',
  title: '创建发表任务',
  writes: true,
  fields: momentFields.extend({ visible_range: visibleRange }),
  run: (platform, fields) => {
    const { state } = platform;
    const now = unixNow(platform);
    checkMomentContent(platform, fields);
    checkPace(platform, now);
    const { sender_list: senders, external_contact_list: customers } = fields.visible_range;
    const tags = customers.tag_list;
    const range = { users: senders.user_list, parties: senders.department_list, tags };
    const jobId = nextSecret(state, 'moment job', 43);
    state.moments.push({
      momentId: nextId(state, 'mom'),
      jobId,
      createdAt: now,
      createType: 0,
      creatorId: null,
      visibleType: tags.length > 0 ? 0 : 1,
      text: fields.text?.content ?? '',
      attachments: fields.attachments,
      ...momentTasks(platform, range),
    });
    return { jobid: jobId };
  },
});

/** 2 while the rules say so, then 3. */
function jobStatus(platform: Platform, { createdAt }: Moment): 2 | 3 {
  return unixNow(platform) < createdAt + platform.rules.momentSeconds ? 2 : 3;
}

/** What became of a job; known for 24 hours. */
const result = defineApi({
  method: 'GET',
  path: '/cgi-bin/externalcontact/get_moment_task_result',
  title: '获取任务创建结果',
  fields: z.object({ jobid: z.string() }),
  missing: { jobid: 40088 },
  run: (platform, { jobid }) => {
    const moment = platform.state.moments.find((candidate) => candidate.jobId === jobid);
    if (!moment || unixNow(platform) >= moment.createdAt + JOB_SECONDS) throw new ApiError(40088);
    const status = jobStatus(platform, moment);
    if (status !== 3) return { status, type: 'add_moment_task' };
    const { invalid } = moment;
    const isInVain = moment.tasks.length === 0;
    return {
      status,
      type: 'add_moment_task',
      result: {
        errcode: isInVain ? 41048 : 0,
        errmsg: isInVain ? 'no customer to send' : 'ok',
        ...(!isInVain && { moment_id: moment.momentId }),
        invalid_sender_list: { user_list: invalid.users, department_list: invalid.departments },
        invalid_external_contact_list: { tag_list: invalid.tags },
      },
    };
  },
});

/** Stops those who have not published yet; only one of the corp can be stopped (41067). */
const cancel = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/cancel_moment_task',
  title: '停止发表企业朋友圈',
  writes: true,
  fields: z.object({ moment_id: z.string() }),
  missing: { moment_id: 41059 },
  run: (platform, { moment_id: momentId }) => {
    const moment = momentNamed(platform, momentId);
    if (moment.createType === 1) throw new ApiError(41067);
    for (const task of moment.tasks) task.isCancelled ||= task.publishedAt === null;
    return {};
  },
});

/** @throws {ApiError} 41060 unknown, 41079 while it is being made */
export function momentNamed(platform: Platform, momentId: string): Moment {
  const moment = platform.state.moments.find((candidate) => candidate.momentId === momentId);
  if (!moment || moment.tasks.length === 0) throw new ApiError(41060);
  if (jobStatus(platform, moment) !== 3) throw new ApiError(41079);
  return moment;
}

/** Making moments 客户朋友圈. Source: wecom.md §3.11. */
export const momentApis = [add, result, cancel];
