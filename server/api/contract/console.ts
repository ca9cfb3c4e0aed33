import { z } from 'zod';
import { ADMINS, NOTHING } from './access.ts';

/* What the console lists, for admins only; the newest first. Times are ISO 8601 in UTC. */

const nothing = z.object({});
const instant = z.iso.datetime();
const drift = {
  rows: z.number(),
  added: z.number(),
  changed: z.number(),
  lost: z.number(),
  suspicious: z.number(),
};

/** `GET /api/v1/console/syncs`: the last synchronisations. `perStaff` names only staff with a difference. */
export const GetSyncs = {
  access: ADMINS,
  load: NOTHING,
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({
    isUnderWay: z.boolean(), // a synchronisation runs now
    runs: z.array(
      z.object({
        id: z.string(),
        state: z.enum(['running', 'done', 'stopped', 'failed']), // failed: cut short; `warning` says why
        isFull: z.boolean(),
        isFirst: z.boolean(), // nothing was known before: what it added was missed by nobody
        startedAt: instant,
        endedAt: instant.nullable(), // null while it is running
        counts: z.object({ ...drift, groups: z.number() }),
        perStaff: z.array(z.object({ staffId: z.string(), staffName: z.string(), ...drift })),
        aside: z.array(z.string()), // what could not be read and was left as it was, a line each
        // The first that differed, at most 200; none of a first run.
        named: z.array(
          z.object({
            what: z.enum(['added', 'changed', 'lost', 'suspicious']),
            externalUserId: z.string(),
            contactName: z.string(),
            staffName: z.string(),
          }),
        ),
        warning: z.string().nullable(),
      }),
    ),
  }),
};
export type Syncs = z.infer<typeof GetSyncs.answer>;

/** `POST /api/v1/console/syncs`: begins a synchronisation now, or tells that one is under way; the list tells how it goes. */
export const PostSync = {
  access: ADMINS,
  load: NOTHING,
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({ outcome: z.enum(['begun', 'busy']) }),
};
export type SyncBegun = z.infer<typeof PostSync.answer>;

/** `GET /api/v1/console/events`: callback events that failed, without their contents. `total` may be more than are listed. */
export const GetEvents = {
  access: ADMINS,
  load: NOTHING,
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({
    total: z.number().int(),
    events: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        subject: z.string(),
        tries: z.number().int(),
        error: z.string().nullable(),
        receivedAt: instant,
      }),
    ),
  }),
};
export type Events = z.infer<typeof GetEvents.answer>;

/** `POST /api/v1/console/events/:id/replay`: works on the event once more, now. 404 `event_not_found`. */
export const PostReplay = {
  access: ADMINS,
  load: NOTHING,
  params: z.object({ id: z.string().regex(/^[0-9a-f]{64}$/) }),
  query: nothing,
  body: nothing,
  answer: z.object({
    outcome: z.enum(['done', 'later', 'failed', 'taken']), // later: failed again, tried again by itself; taken: somebody is at it
    error: z.string().nullable(), // why it failed again
  }),
};
export type Replayed = z.infer<typeof PostReplay.answer>;

/** `GET /api/v1/console/notices`: what is open for administrators. */
export const GetNotices = {
  access: ADMINS,
  load: NOTHING,
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({
    notices: z.array(
      z.object({
        kind: z.string(),
        subject: z.string(),
        text: z.string(),
        firstAt: instant,
        lastAt: instant,
        times: z.number().int(),
      }),
    ),
  }),
};
export type Notices = z.infer<typeof GetNotices.answer>;
