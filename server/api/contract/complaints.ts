import { z } from 'zod';
import { COMPLAINT_STATES } from '../../domain/complaints/complaint.ts';
import { CHANNELS } from '../../domain/follow-ups/follow-up.ts';
import { MEMBERS, accountTo, complaintTo } from './access.ts';

const instant = z.iso.datetime();
const person = z.object({ staffId: z.string(), name: z.string() });

/** One complaint 投诉; `cause` and `action` are empty while it is open. */
const ComplaintShape = z.object({
  id: z.string(),
  accountId: z.string(),
  contact: z.object({ externalUserId: z.string(), name: z.string() }).nullable(),
  channel: z.enum(CHANNELS),
  text: z.string(),
  openedAt: instant,
  openedBy: person,
  closedAt: instant.nullable(),
  closedBy: person.nullable(),
  cause: z.string(),
  action: z.string(),
});
export type ComplaintView = z.infer<typeof ComplaintShape>;

/** `GET /api/v1/accounts/:accountId/complaints`: for whoever may see the account, the latest first, at most 100. */
export const GetComplaints = {
  access: MEMBERS,
  load: accountTo('read'),
  params: z.object({ accountId: z.string().min(1).max(128) }),
  query: z.object({ state: z.enum(COMPLAINT_STATES).default('open') }),
  body: z.unknown(),
  answer: z.object({ complaints: z.array(ComplaintShape), may: z.object({ close: z.boolean() }) }),
};
export type ComplaintsView = z.infer<typeof GetComplaints.answer>;

/** `POST /api/v1/accounts/:accountId/complaints`. `requestId` makes a repeated send harmless. 400 `not_in_account`. */
export const PostComplaint = {
  access: MEMBERS,
  load: accountTo('read'),
  params: GetComplaints.params,
  query: z.object({}),
  body: z.object({
    requestId: z.uuid(),
    /** Who complained; null: nobody in particular. */
    externalUserId: z.string().min(1).max(64).nullable().default(null),
    channel: z.enum(CHANNELS).default('other'),
    text: z.string().trim().min(1, '请填写投诉内容').max(2000),
  }),
  answer: ComplaintShape,
};
export type ComplaintDraft = z.input<typeof PostComplaint.body>;

/** `POST /api/v1/complaints/:id/close`: for the owner, the deputy and who leads them. 404 `complaint_not_found`; 409 `complaint_closed`. */
export const PostCloseComplaint = {
  access: MEMBERS,
  load: complaintTo('edit'),
  params: z.object({ id: z.string().min(1).max(200) }),
  query: z.object({}),
  body: z.object({
    cause: z.string().trim().min(1, '请填写原因').max(500),
    action: z.string().trim().min(1, '请填写处理措施').max(500),
  }),
  answer: ComplaintShape,
};
