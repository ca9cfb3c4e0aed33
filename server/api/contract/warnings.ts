import { z } from 'zod';
import { WARNING_KINDS, WARNING_LEVELS, WARNING_STATES } from '../../domain/warnings/kinds.ts';
import { MEMBERS, NOTHING, warningTo } from './access.ts';

const instant = z.iso.datetime();
const person = z.object({ staffId: z.string(), name: z.string() });

/** Whose accounts: the caller's own and those they step in for, the departments they lead, or everybody's (administrators). */
export const WARNING_SCOPES = ['own', 'team', 'all'] as const;

/**
 * Why a warning was raised: the facts that were read, by name with the unit in it (`overdueWorkingDays`, `revenueFen`,
 * `endsOn`), and the boundary that they passed; null where the rule has none, as for a contact who left.
 */
const WarningWhy = z.object({
  inputs: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  boundary: z.object({ name: z.string(), value: z.union([z.string(), z.number()]) }).nullable(),
});

/** One warning 预警; `text` is a whole sentence in Chinese, `link` is where to go about it. */
export const WarningShape = z.object({
  id: z.string(),
  kind: z.enum(WARNING_KINDS),
  kindName: z.string(),
  level: z.enum(WARNING_LEVELS),
  state: z.enum(WARNING_STATES),
  text: z.string(),
  why: WarningWhy,
  account: z.object({ id: z.string(), name: z.string() }),
  owner: person.nullable(),
  /** Who is proposed to take the account over; only with `follow_up_high_risk`. */
  heir: person.nullable(),
  raisedAt: instant,
  /** When the facts were last seen to hold. */
  seenAt: instant,
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: person.nullable(),
  resolvedAt: instant.nullable(),
  /** Null also when it resolved by itself. */
  resolvedBy: person.nullable(),
  note: z.string(),
  link: z.string(),
});
export type WarningView = z.infer<typeof WarningShape>;

/** `GET /api/v1/warnings`: the gravest first, of one level the latest. `before` is the `nextBefore` of the page before. */
export const GetWarnings = {
  access: MEMBERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({
    scope: z.enum(WARNING_SCOPES).default('own'),
    level: z.enum(WARNING_LEVELS).optional(),
    kind: z.enum(WARNING_KINDS).optional(),
    /** `unresolved`: open and acknowledged. */
    state: z.enum([...WARNING_STATES, 'unresolved']).default('unresolved'),
    accountId: z.string().min(1).max(80).optional(),
    before: z.string().min(1).max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  body: z.unknown(),
  answer: z.object({ warnings: z.array(WarningShape), nextBefore: z.string().nullable() }),
};
export type Warnings = z.infer<typeof GetWarnings.answer>;

const note = z.string().trim().max(500).default('');

/** `POST /api/v1/warnings/:id/acknowledge`: the caller is at it. 404 `warning_not_found`; 409 `warning_resolved`. */
export const PostAcknowledge = {
  access: MEMBERS,
  load: warningTo('read'),
  params: z.object({ id: z.string().min(1).max(200) }),
  query: z.object({}),
  body: z.object({ note }),
  answer: WarningShape,
};

/** `POST /api/v1/warnings/:id/resolve`: done, with what was done about it. 404 `warning_not_found`; 409 `warning_resolved`. */
export const PostResolve = {
  ...PostAcknowledge,
  access: MEMBERS,
  load: warningTo('read'),
  body: z.object({ note: z.string().trim().min(1, '请写明处理结果').max(500) }),
};
