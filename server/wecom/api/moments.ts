import { z } from 'zod';
import { code, count, eachOfRows, idText, words } from '../client/answer-shapes.ts';
import type { WecomCall } from '../client/call.ts';
import { defineCall, decodesNothing } from '../client/define-call.ts';
import {
  momentComments,
  momentCustomers,
  momentList,
  momentRecipients,
  momentTasks,
} from './moment-results.ts';
import { theirNames, type OurNames } from '../client/our-names.ts';
import { anyOf, bytes, chars, id, list, staff } from '../client/request-shapes.ts';

const ROOT = '/cgi-bin/externalcontact';
const Media = z.strictObject({ media_id: id });
const AttachmentShape = z.discriminatedUnion('msgtype', [
  z.strictObject({ msgtype: z.literal('image'), image: Media }),
  z.strictObject({ msgtype: z.literal('video'), video: Media }),
  z.strictObject({
    msgtype: z.literal('link'),
    link: z.strictObject({ title: bytes(64).optional(), url: id, media_id: id }),
  }),
]);

/** A moment: a text, and up to nine pictures, or one video, or one link. */
export type Moment = {
  text?: string;
  attachments?: readonly OurNames<z.input<typeof AttachmentShape>>[];
  /** Who publishes; without either, everybody in range. */
  staffIds?: readonly string[];
  departmentIds?: readonly number[];
  /** Which contacts see it: those with one of the tags; without any, all. */
  tagIds?: readonly string[];
};

const Attachments = list(AttachmentShape, 9).superRefine((all, context) => {
  const kinds = new Set(all.map(({ msgtype }) => msgtype));
  const isAlone = kinds.has('video') || kinds.has('link');
  if (kinds.size > 1) context.addIssue({ code: 'custom', message: 'are of one kind' });
  else if (isAlone && all.length > 1) context.addIssue({ code: 'custom', message: 'has one video or link' });
});

const add = defineCall({
  path: `${ROOT}/add_moment_task`,
  request: z
    .strictObject({
      text: z.strictObject({ content: chars(2000, 1) }).optional(),
      attachments: Attachments.optional(),
      visible_range: z
        .strictObject({
          sender_list: z
            .strictObject({
              user_list: list(staff, 100_000).optional(),
              department_list: list(z.int()).optional(),
            })
            .optional(),
          external_contact_list: z.strictObject({ tag_list: list(id, Infinity, 1) }).optional(),
        })
        .optional(),
    })
    .superRefine(anyOf('text', 'attachments')),
  encode: (moment: Moment) => ({
    text: moment.text ? { content: moment.text } : undefined,
    attachments: moment.attachments?.map((each) => theirNames<z.input<typeof AttachmentShape>>(each)),
    visible_range: askRange(moment),
  }),
  answer: z.object({ jobid: z.string().min(1) }),
  decode: ({ jobid: jobId }) => jobId,
  isRepeatable: false,
});

const STATES = ['started', 'started', 'running', 'done'] as const;

const result = defineCall({
  path: `${ROOT}/get_moment_task_result`,
  method: 'GET',
  request: z.strictObject({ jobid: bytes(64, 1) }),
  encode: (jobId: string) => ({ jobid: jobId }),
  answer: z.object({
    status: code,
    result: z
      .object({
        errcode: count,
        moment_id: words,
        invalid_sender_list: z
          .object({ user_list: eachOfRows(idText), department_list: eachOfRows(code) })
          .nullish(),
        invalid_external_contact_list: z.object({ tag_list: eachOfRows(idText) }).nullish(),
      })
      .nullish(),
  }),
  decode: ({ status, result }) => ({
    state: STATES[status] ?? 'running',
    errcode: result?.errcode ?? 0,
    momentId: result?.moment_id || null,
    ...asLeftOut(result ?? {}),
  }),
});

const cancel = defineCall({
  path: `${ROOT}/cancel_moment_task`,
  request: z.strictObject({ moment_id: id }),
  encode: (momentId: string) => ({ moment_id: momentId }),
  ...decodesNothing,
});

/** Moments (客户朋友圈), which members publish by hand. @see https://developer.work.weixin.qq.com/document/path/95094, 93333 */
export function createMomentsApi(call: WecomCall) {
  return {
    /** Makes the tasks, at most ten in a minute. @returns the id of the job, which lives for 24 hours */
    add: add(call),
    /** What became of the job; members, departments and tags that do not count are named. */
    result: result(call),
    /** Moments made between two instants at most 30 days apart. */
    pages: momentList(call),
    /** Which members have published. */
    tasks: momentTasks(call),
    /** The contacts whom a member chose to see it. */
    customers: momentCustomers(call),
    /** The contacts to whom it went. */
    recipients: momentRecipients(call),
    /** Who commented on it, and who liked it. */
    comments: momentComments(call),
    /** Stops what is not published yet. */
    cancel: cancel(call),
  };
}

function askRange({ staffIds, departmentIds, tagIds }: Moment) {
  const senders = { user_list: staffIds, department_list: departmentIds };
  const range = {
    ...((staffIds ?? departmentIds) ? { sender_list: senders } : {}),
    ...(tagIds ? { external_contact_list: { tag_list: tagIds } } : {}),
  };
  return Object.keys(range).length > 0 ? range : undefined;
}

type LeftOut = {
  invalid_sender_list?: { user_list: string[]; department_list: number[] } | null | undefined;
  invalid_external_contact_list?: { tag_list: string[] } | null | undefined;
};

function asLeftOut({ invalid_sender_list: senders, invalid_external_contact_list: contacts }: LeftOut) {
  return {
    invalidStaffIds: senders?.user_list ?? [],
    invalidDepartmentIds: senders?.department_list ?? [],
    invalidTagIds: contacts?.tag_list ?? [],
  };
}
