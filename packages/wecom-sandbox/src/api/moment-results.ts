import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import type { Moment, MomentReaction, MomentTask } from '../slices/moments.ts';
import { checkSpan } from './day-span.ts';
import { defineApi } from './define-api.ts';
import { paging } from './field-limits.ts';
import { isSameUserid } from './find-people.ts';
import { momentNamed } from './moments.ts';
import { pageOf } from './page-rows.ts';

/** What the list shows of the pictures, the video or the link. */
function shownAttachments({ attachments }: Moment): Record<string, unknown> {
  const of = (kind: string) => attachments.map((attachment) => attachment[kind]).filter(Boolean);
  const images = of('image');
  const [video] = of('video');
  const [link] = of('link');
  return {
    ...(images.length > 0 && { image: images }),
    ...(video !== undefined && { video: { ...video, thumb_media_id: '' } }),
    ...(link !== undefined && { link: pickLink(link) }),
  };
}

const pickLink = (link: unknown) => z.object({ title: z.string().default(''), url: z.string() }).parse(link);

const listFields = z.object({
  start_time: z.number(),
  end_time: z.number(),
  creator: z.string().optional(),
  filter_type: z.number().int().min(0).max(2).default(2),
  ...paging,
});

/** Whether the filters let a moment through: 0 of the corp, 1 of members, 2 both. */
function isAsked(moment: Moment, fields: z.infer<typeof listFields>): boolean {
  const { createdAt, creatorId, createType, tasks } = moment;
  if (tasks.length === 0 || createdAt < fields.start_time || createdAt > fields.end_time) return false;
  if (fields.creator !== undefined && !isSameUserid(fields.creator, creatorId ?? '')) return false;
  return fields.filter_type === 2 || fields.filter_type === createType;
}

/** A limit above 20 falls back to 20. */
const list = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_moment_list',
  title: '获取企业全部的发表列表',
  empty: { next_cursor: '', moment_list: [] },
  fields: listFields,
  run: ({ state }, fields) => {
    const { start_time: from, end_time: to, cursor, limit } = fields;
    checkSpan({ from, to }, 30);
    const page = pageOf(
      state.moments.filter((moment) => isAsked(moment, fields)),
      {
        keyOf: ({ createdAt, momentId }) => `${String(1e11 - createdAt).padStart(12, '0')}|${momentId}`,
        query: `moments ${from} ${to} ${fields.creator ?? ''} ${fields.filter_type}`,
        cursor,
        limit,
        max: 20,
        usual: 20,
      },
    );
    return {
      next_cursor: page.nextCursor,
      moment_list: page.rows.map((moment) => ({
        moment_id: moment.momentId,
        ...(moment.creatorId !== null && { creator: moment.creatorId }),
        create_time: moment.createdAt,
        create_type: moment.createType,
        visible_type: moment.visibleType,
        text: { content: moment.text },
        ...shownAttachments(moment),
      })),
    };
  },
});

const missing = { moment_id: 41059 };

/** Who of the members has published. A moment of a member has no tasks (41067). */
const tasks = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_moment_task',
  title: '获取客户朋友圈企业发表的列表',
  empty: { next_cursor: '', task_list: [] },
  fields: z.object({ moment_id: z.string(), ...paging }),
  missing,
  run: (platform, { moment_id: momentId, cursor, limit }) => {
    const moment = momentNamed(platform, momentId);
    if (moment.createType === 1) throw new ApiError(41067);
    const page = pageOf(moment.tasks, {
      keyOf: (task) => task.userid,
      query: `moment tasks ${momentId}`,
      cursor,
      limit,
      max: 1000,
      usual: 500,
    });
    return {
      next_cursor: page.nextCursor,
      task_list: page.rows.map((task) => ({
        userid: task.userid,
        publish_status: task.publishedAt === null ? 0 : 1,
      })),
    };
  },
});

/** A member's part, once it is published. @throws {ApiError} 41060, 41079; 41061 not his, 41062 not published */
function publishedTask(platform: Platform, momentId: string, userid: string): MomentTask {
  const { tasks } = momentNamed(platform, momentId);
  const task = tasks.find((candidate) => isSameUserid(candidate.userid, userid));
  if (!task) throw new ApiError(41061);
  if (task.publishedAt === null) throw new ApiError(41062);
  return task;
}

const partFields = z.object({ moment_id: z.string(), userid: z.string(), ...paging });

/** A page of the customers who may see a member's part. */
function audience(
  platform: Platform,
  fields: z.infer<typeof partFields>,
  size: { max: number; usual: number },
) {
  const { moment_id: momentId, userid, cursor, limit } = fields;
  const task = publishedTask(platform, momentId, userid);
  const query = `audience ${size.max} ${momentId} ${task.userid}`;
  const page = pageOf(task.customers, { keyOf: (id) => id, query, cursor, limit, ...size });
  return { task, ...page };
}

const customers = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_moment_customer_list',
  title: '获取客户朋友圈发表时选择的可见范围',
  empty: { next_cursor: '', customer_list: [] },
  fields: partFields,
  missing: { ...missing, userid: 40003 },
  run: (platform, fields) => {
    const { task, rows, nextCursor } = audience(platform, fields, { max: 1000, usual: 500 });
    return {
      next_cursor: nextCursor,
      customer_list: rows.map((externalUserId) => ({ userid: task.userid, external_userid: externalUserId })),
    };
  },
});

const sendResult = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_moment_send_result',
  title: '获取客户朋友圈发表后的可见客户列表',
  empty: { next_cursor: '', customer_list: [] },
  fields: partFields,
  missing: { ...missing, userid: 40003 },
  run: (platform, fields) => {
    const { rows, nextCursor } = audience(platform, fields, { max: 5000, usual: 3000 });
    return {
      next_cursor: nextCursor,
      customer_list: rows.map((externalUserId) => ({ external_userid: externalUserId })),
    };
  },
});

const reactionShape = ({ kind, id, at }: MomentReaction) => ({
  ...(kind === 'customer' ? { external_userid: id } : { userid: id }),
  create_time: at,
});

const comments = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_moment_comments',
  title: '获取客户朋友圈的互动数据',
  empty: { comment_list: [], like_list: [] },
  fields: z.object({ moment_id: z.string(), userid: z.string() }),
  missing: { ...missing, userid: 40003 },
  run: (platform, { moment_id: momentId, userid }) => {
    const task = publishedTask(platform, momentId, userid);
    return {
      comment_list: task.comments.map(reactionShape),
      like_list: task.likes.map(reactionShape),
    };
  },
});

/** What became of moments; nothing announces it, so clients poll. Source: wecom.md §3.11. */
export const momentResultApis = [list, tasks, customers, sendResult, comments];
