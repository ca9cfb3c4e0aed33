import { z } from 'zod';
import { KDM_FIELDS } from '../../domain/contacts/kdm-changes.ts';
import {
  BUDGETS,
  CHAIN_GAPS,
  CLOSENESS,
  DECISION_ROLES,
  LEVELS,
  METHOD_KINDS,
} from '../../domain/contacts/kdm.ts';
import { MEMBERS, accountTo, contactTo } from './access.ts';

const instant = z.iso.datetime();
const text = z.string().nullable();
const number = z.number().nullable();
const params = z.object({ externalUserId: z.string().min(1).max(64) });
const version = z.number().int().min(0);
const method = z.object({ kind: z.enum(METHOD_KINDS), value: z.string(), verifiedOn: text.default(null) });

/** A profile as filled in, whole: what is null, nobody knows. What may stand together is checked by the domain. */
const KdmEditShape = z.strictObject({
  department: text,
  title: text,
  level: z.enum(LEVELS).nullable(),
  /** The externalUserId of another contact of the same account. */
  superiorId: text,
  isTop: z.boolean().nullable(),
  scope: text,
  authority: text,
  budget: z.enum(BUDGETS).nullable(),
  budgetUpToFen: number,
  methods: z.array(method).nullable(),
  closeness: z.enum(CLOSENESS).nullable(),
  decisionRole: z.enum(DECISION_ROLES).nullable(),
  guideLevel: number,
  style: text,
  birthday: text,
  notes: text,
});

/**
 * `POST /api/v1/contacts/:externalUserId/kdm`: saves and confirms a profile that was read at `version`. 400 `invalid_kdm` lists
 * the problems by field; 409 `changed_meanwhile` tells who changed which fields; 409 `busy` is over in a moment.
 */
export const PostKdm = {
  access: MEMBERS,
  load: contactTo('write'),
  params,
  query: z.object({}),
  body: z.object({ version, kdm: KdmEditShape }),
  answer: z.object({ version, changed: z.number().int() }),
};
export type KdmDraft = z.input<typeof PostKdm.body>;
export type KdmSaved = z.infer<typeof PostKdm.answer>;

/** The `details` of 400 `invalid_kdm`: `field` as in the body, e.g. `methods.0.value`. */
export type KdmProblems = { field: string; message: string }[];
/** The `details` of 409 `changed_meanwhile`. */
export type KdmConflict = { by: string | null; fields: KdmField[] };
export type KdmField = (typeof KDM_FIELDS)[number];

/** `POST /api/v1/contacts/:externalUserId/kdm/confirm`: the profile is right as it stood at `version`. */
export const PostKdmConfirm = {
  access: MEMBERS,
  load: contactTo('write'),
  params,
  query: z.object({}),
  body: z.object({ version }),
  answer: z.object({ confirmedAt: instant }),
};

const value = z.union([z.string(), z.number(), z.boolean(), z.array(method)]).nullable();

/** `GET /api/v1/contacts/:externalUserId/kdm/changes`: the latest first; `total` counts all. */
export const GetKdmChanges = {
  access: MEMBERS,
  load: contactTo('read'),
  params,
  query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) }),
  body: z.object({}),
  answer: z.object({
    total: z.number().int(),
    saves: z.array(
      z.object({
        id: z.string(),
        at: instant,
        by: z.object({ staffId: z.string(), name: z.string() }),
        /** Empty: confirmed as it stood. A superior is told by name. */
        changes: z.array(z.object({ field: z.enum(KDM_FIELDS), from: value, to: value })),
      }),
    ),
    /** How close we were from when on, the oldest first; `since` null: as far back as is known. */
    closeness: z.array(z.object({ since: instant.nullable(), closeness: z.enum(CLOSENESS).nullable() })),
  }),
};
export type KdmHistory = z.infer<typeof GetKdmChanges.answer>;

const person = z.object({
  externalUserId: z.string(),
  name: z.string(),
  title: text,
  level: z.enum(LEVELS).nullable(),
  closeness: z.enum(CLOSENESS).nullable(),
  decisionRole: z.enum(DECISION_ROLES).nullable(),
  guideLevel: number,
  budget: z.enum(BUDGETS).nullable(),
});

/** `GET /api/v1/accounts/:accountId/org-chart`: everybody once, in `nodes` from the top down or in `unplaced`. */
export const GetOrgChart = {
  access: MEMBERS,
  load: accountTo('read'),
  params: z.object({ accountId: z.string().min(1).max(80) }),
  query: z.object({}),
  body: z.object({}),
  answer: z.object({
    accountId: z.string(),
    accountName: z.string(),
    chainGaps: z.array(z.enum(CHAIN_GAPS)),
    nodes: z.array(
      person.extend({
        /** 0 at the top. */
        depth: z.number().int(),
        superiorId: text,
        reports: z.number().int(),
        /** The superior noted is not above them: no longer a contact of the account, or part of a ring. */
        isCut: z.boolean(),
      }),
    ),
    unplaced: z.array(person),
  }),
};
export type OrgChartView = z.infer<typeof GetOrgChart.answer>;
