import { z } from 'zod';
import { ADMINS, MEMBERS, NOTHING } from './access.ts';

/** `GET /api/v1/me`: who is signed in. */
export const GetMe = {
  access: MEMBERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.object({}),
  answer: z.object({
    staffId: z.string(),
    name: z.string(),
    role: z.enum(['sales', 'manager', 'admin']),
    corpId: z.string(),
    agentId: z.string(),
  }),
};
export type Me = z.infer<typeof GetMe.answer>;

/** `GET /api/v1/members`: everybody who works here, as forms offer them. */
export const GetMembers = {
  access: MEMBERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.object({}),
  answer: z.object({ members: z.array(z.object({ staffId: z.string(), name: z.string() })) }),
};
export type MembersView = z.infer<typeof GetMembers.answer>;

/** `GET /api/v1/sessions`: who is signed in now, the last seen first; `since` the earliest of their sign-ins. For administrators. */
export const GetSessions = {
  access: ADMINS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.object({}),
  answer: z.object({
    members: z.array(
      z.object({
        member: z.object({ staffId: z.string(), name: z.string() }),
        browsers: z.number().int(),
        since: z.iso.datetime(),
        usedAt: z.iso.datetime(),
      }),
    ),
  }),
};
export type SessionsView = z.infer<typeof GetSessions.answer>;

const Ended = z.object({ ended: z.number().int() });

/** `POST /api/v1/me/sessions/end`: signs the caller out in all browsers, this one included. */
export const PostEndOwnSessions = {
  access: MEMBERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.object({ everywhere: z.literal(true) }),
  answer: Ended,
};

/** `POST /api/v1/members/:staffId/sessions/end`: signs a member out in all browsers. For administrators. */
export const PostEndSessions = {
  access: ADMINS,
  load: NOTHING,
  params: z.object({ staffId: z.string().min(1).max(64) }),
  query: z.object({}),
  body: z.object({}),
  answer: Ended,
};
export type EndedSessions = z.infer<typeof Ended>;

/** `GET /api/v1/js-sdk/agent-config?url=…`: a signature for `ww.register`. `url` is the page's address without `#…`; `timestamp` is in seconds. */
export const GetAgentConfig = {
  access: MEMBERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({ url: z.url().max(2000) }),
  body: z.object({}),
  answer: z.object({
    timestamp: z.number().int(),
    nonceStr: z.string(),
    signature: z.string(),
  }),
};
export type AgentConfig = z.infer<typeof GetAgentConfig.answer>;
