import { z } from 'zod';
import {
  code,
  count,
  eachOfRows,
  eachRow,
  idText,
  instant,
  instantOrNull,
  paged,
  words,
} from '../client/answer-shapes.ts';
import { defineCall, definePages } from '../client/define-call.ts';
import { id, spans, staff, whole, window } from '../client/request-shapes.ts';

const ROOT = '/cgi-bin/externalcontact';
const PERSONAL = 1;
const PUBLIC = 1;
const FILTERS = { corp: 0, person: 1, all: 2 } as const;

/** Which moments: made between two instants at most 30 days apart, by everybody unless said. */
export type MomentWindow = { from: Date; to: Date; creatorId?: string; by?: keyof typeof FILTERS };

const Place = z.object({ latitude: words, longitude: words, name: words });
const Moment = z.object({
  moment_id: z.string().min(1),
  creator: words,
  create_time: instantOrNull,
  create_type: count,
  visible_type: count,
  text: z.object({ content: words }).nullish(),
  image: eachOfRows(z.object({ media_id: words })),
  video: z.object({ media_id: words, thumb_media_id: words }).nullish(),
  link: z.object({ title: words, url: words }).nullish(),
  location: Place.nullish(),
});

/** Moments of a window; twenty at once, which every version of the manual allows. */
export const momentList = definePages({
  path: `${ROOT}/get_moment_list`,
  request: z
    .strictObject({
      start_time: z.int(),
      end_time: z.int(),
      creator: staff.optional(),
      filter_type: whole(0, 2),
      limit: z.int(),
    })
    .superRefine(spans('start_time', 'end_time', 30)),
  encode: ({ from, to, creatorId, by = 'all' }: MomentWindow) => ({
    ...window(from, to),
    creator: creatorId,
    filter_type: FILTERS[by],
    limit: 20,
  }),
  answer: z.object({ moment_list: eachRow(Moment), ...paged }),
  decode: ({ moment_list: moments }) => moments.map(asMoment),
});

const ofMember = { moment_id: id, userid: staff };
type OfMember = { momentId: string; staffId: string };

/** Which members have published. */
export const momentTasks = definePages({
  path: `${ROOT}/get_moment_task`,
  request: z.strictObject({ moment_id: id, limit: z.int() }),
  encode: (momentId: string) => ({ moment_id: momentId, limit: 1000 }),
  answer: z.object({ task_list: eachRow(z.object({ userid: idText, publish_status: code })), ...paged }),
  decode: ({ task_list: tasks }) =>
    tasks.map((task) => ({ staffId: task.userid, isPublished: task.publish_status !== 0 })),
});

/** The contacts whom a member chose. */
export const momentCustomers = definePages({
  path: `${ROOT}/get_moment_customer_list`,
  request: z.strictObject({ ...ofMember, limit: z.int() }),
  encode: ({ momentId, staffId }: OfMember) => ({ moment_id: momentId, userid: staffId, limit: 1000 }),
  answer: z.object({
    customer_list: eachRow(z.object({ userid: words, external_userid: idText })),
    ...paged,
  }),
  decode: ({ customer_list: customers }) => customers.map(({ external_userid: contactId }) => contactId),
});

/** The contacts to whom it went. */
export const momentRecipients = definePages({
  path: `${ROOT}/get_moment_send_result`,
  request: z.strictObject({ ...ofMember, limit: z.int() }),
  encode: ({ momentId, staffId }: OfMember) => ({ moment_id: momentId, userid: staffId, limit: 5000 }),
  answer: z.object({ customer_list: eachRow(z.object({ external_userid: idText })), ...paged }),
  decode: ({ customer_list: customers }) => customers.map(({ external_userid: contactId }) => contactId),
});

const Reaction = z.object({ external_userid: words, userid: words, create_time: instant });

/** Who commented on it, and who liked it: contacts, and members of the corp. */
export const momentComments = defineCall({
  path: `${ROOT}/get_moment_comments`,
  request: z.strictObject(ofMember),
  encode: ({ momentId, staffId }: OfMember) => ({ moment_id: momentId, userid: staffId }),
  answer: z.object({ comment_list: eachOfRows(Reaction), like_list: eachOfRows(Reaction) }),
  decode: ({ comment_list: comments, like_list: likes }) => ({
    comments: comments.map(asReaction),
    likes: likes.map(asReaction),
  }),
});

const asReaction = (row: z.infer<typeof Reaction>) => ({
  externalUserId: row.external_userid || null,
  staffId: row.userid || null,
  at: row.create_time,
});

function asMoment(moment: z.infer<typeof Moment>) {
  return {
    momentId: moment.moment_id,
    creatorId: moment.creator || null,
    createdAt: moment.create_time,
    isPersonal: moment.create_type === PERSONAL,
    isPublic: moment.visible_type === PUBLIC,
    text: moment.text?.content ?? '',
    imageIds: moment.image.map(({ media_id: mediaId }) => mediaId),
    ...asExtras(moment),
  };
}

function asExtras({ video, link, location }: z.infer<typeof Moment>) {
  return {
    video: video ? { mediaId: video.media_id, thumbMediaId: video.thumb_media_id } : null,
    link: link ?? null,
    location: location ?? null,
  };
}
