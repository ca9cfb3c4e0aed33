import { z } from 'zod';
import { ACCOUNT_SOURCES } from '../../domain/accounts/account.ts';
import { BUDGETS, CHAIN_GAPS, CLOSENESS, DECISION_ROLES } from '../../domain/contacts/kdm.ts';
import { DIMENSIONS, STAGES } from '../../domain/classification/lifecycle.ts';
import { BY_HAND } from '../../domain/classification/override.ts';
import { TIERS } from '../../domain/classification/tier.ts';
import { MEMBERS, NOTHING, accountTo, orKey } from './access.ts';
import { ChangeShape } from './changes.ts';
import { companyName } from './company-name.ts';
import { CustomFieldShape } from './custom-fields.ts';
import { CadenceShape } from './profile.ts';

const day = z.iso.date();
const instant = z.iso.datetime();
const id = z.string().min(1).max(128);
const shortText = z.string().trim().max(100);
const person = z.object({ staffId: z.string(), name: z.string() });
const named = z.object({ id: z.string(), name: z.string() });
const params = z.object({ accountId: id });
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const none = z.object({});
const nothing = z.unknown();
/** A field that a number, a text or nothing may stand in; days are YYYY-MM-DD. */
const customValue = z.union([z.string().max(500), z.number(), z.null()]);
const custom = z.record(z.string().min(1).max(40), customValue);

const basics = {
  id: z.string(),
  name: z.string(),
  /** Made for one contact whose company is unknown. */
  isSolo: z.boolean(),
  industry: z.string(),
  region: z.string(),
  size: z.string(),
  owner: person.nullable(),
  deputy: person.nullable(),
  tier: z.enum(TIERS),
  stage: z.enum(STAGES),
  /** What is to be done with customers of that stage: select, acquire, keep or expand. */
  dimension: z.enum(DIMENSIONS),
  /** null until the first classification. */
  valueClass: z.string().nullable(),
  byHand: z.array(z.enum(BY_HAND)), // set by hand against what is computed
  dueOn: day.nullable(),
  lastTouchAt: instant.nullable(),
  knownSince: instant,
  /** Since when in the pool; null while there is an owner, or never was one. */
  pooledAt: instant.nullable(),
};

/** Which version the caller looked at; who changed it since then is told of in a 409 `changed_meanwhile`. */
export const version = z.number().int().min(0).optional();

/**
 * `GET /api/v1/accounts`: one's own accounts and those one is deputy of, a manager's team, everything for administrators;
 * `pool=true`: accounts without an owner, `team=true`: those that the caller's team owns, as the digest counts; `due`: their date
 * has come, `overdue`: it has passed. In the order of their ids; `next` is the `after` of the next page.
 */
export const GetAccounts = {
  access: orKey(MEMBERS, 'accounts:read'),
  load: NOTHING,
  params: none,
  query: z.object({
    after: id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    owner: id.optional(),
    tier: z.enum(TIERS).optional(),
    stage: z.enum(STAGES).optional(),
    valueClass: z.string().max(40).optional(),
    pool: flag.default(false),
    team: flag.default(false),
    due: z.enum(['due', 'overdue']).optional(),
    /** Part of the name; width, case and blanks do not count. */
    text: z.string().trim().max(100).optional(),
  }),
  body: nothing,
  answer: z.object({ accounts: z.array(z.object(basics)), next: z.string().nullable() }),
};
export type AccountsView = z.infer<typeof GetAccounts.answer>;

const KdmSummary = z.object({
  externalUserId: z.string(),
  /** The remark 备注 of who looks or of the owner, else the nickname; then `nickname` is null. */
  name: z.string(),
  nickname: z.string().nullable(),
  title: z.string().nullable(),
  decisionRole: z.enum(DECISION_ROLES).nullable(),
  closeness: z.enum(CLOSENESS).nullable(),
  budget: z.enum(BUDGETS).nullable(),
  superiorId: z.string().nullable(),
  /** Whole percent. */
  completeness: z.number().int().min(0).max(100),
  followers: z.array(person),
});

/** `GET /api/v1/accounts/:accountId`. An account that was merged gives the one it was merged into; compare the ids. */
export const GetAccount = {
  access: orKey(MEMBERS, 'accounts:read'),
  load: accountTo('basics'),
  params,
  query: none,
  body: nothing,
  answer: z.object({
    /** `basics`: of an account in the pool, for who may claim it and sees no more; then the lists below are empty. */
    access: z.enum(['basics', 'full']),
    /** Grows with every change by hand. */
    version: z.number().int(),
    account: z.object({
      ...basics,
      externalId: z.string().nullable(),
      /** As WeCom tells it of verified companies; '' when nobody knows. */
      legalName: z.string(),
      potentialScore: z.number().nullable(),
      sharePercent: z.number().nullable(),
    }),
    formerOwner: person.nullable(),
    /** null: of an account in the pool of which the caller gets the basics. */
    cadence: CadenceShape.nullable(),
    customFields: z.array(CustomFieldShape),
    /** By the key of the field; what a removed field held is kept, but not shown. */
    custom,
    source: z.object({ kind: z.enum(ACCOUNT_SOURCES), detail: z.string() }).nullable(),
    referredBy: named.nullable(),
    /** Accounts that this one recommended us to, at most 50. */
    referrals: z.array(named),
    contacts: z.array(KdmSummary),
    chainGaps: z.array(z.enum(CHAIN_GAPS)),
    /** The latest first. */
    history: z.array(ChangeShape),
    /** What was merged into this account and can still be taken back. */
    /** Other accounts that may be the same company by their names: proposed for merging. */
    twins: z.array(named),
    merges: z.array(
      z.object({ accountId: z.string(), name: z.string(), at: instant, by: z.string(), undoUntil: instant }),
    ),
    /** What the caller may do here; who may merge may split and name a deputy, too. */
    may: z.object({
      edit: z.boolean(),
      setOwner: z.boolean(),
      merge: z.boolean(),
      release: z.boolean(),
      claim: z.boolean(),
    }),
  }),
};
export type AccountView = z.infer<typeof GetAccount.answer>;

/** `POST /api/v1/accounts`. 409 `name_taken` with `details.accountId`. Without `ownerId` the caller owns it; null: the pool. */
export const PostAccount = {
  access: MEMBERS,
  load: NOTHING,
  params: none,
  query: none,
  body: z.object({
    name: companyName,
    industry: shortText.default(''),
    region: shortText.default(''),
    size: shortText.default(''),
    custom: custom.default({}),
    ownerId: id.nullable().optional(),
    referredById: id.nullable().default(null),
  }),
  answer: z.object({ id: z.string() }),
};

/** `POST /api/v1/accounts/:accountId`: changes what is named. 409 `name_taken` with `details.accountId`; 400 `invalid_custom`. Of
 * two changes at once the second gets 409 `changed_meanwhile`, with who changed which `fields`, and the `values` and `version` of now. */
export const PostAccountEdit = {
  access: MEMBERS,
  load: accountTo('edit'),
  params,
  query: none,
  body: z.object({
    name: companyName.optional(),
    industry: shortText.optional(),
    region: shortText.optional(),
    size: shortText.optional(),
    custom: custom.default({}),
    version,
  }),
  answer: GetAccount.answer,
};

/**
 * `POST /api/v1/accounts/:accountId/owner`: another owner, for who manages the one before and the one after; the deputy also
 * for the owner. What is absent stays. 400 `unknown_member` or `own_deputy`; 409 `owner_changed` or `no_owner`.
 */
export const PostAccountOwner = {
  access: MEMBERS,
  load: accountTo('decide'),
  params,
  query: none,
  body: z.object({ ownerId: id.optional(), deputyId: id.nullable().optional(), version }),
  answer: GetAccount.answer,
};
