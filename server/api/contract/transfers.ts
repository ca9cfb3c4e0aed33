import { z } from 'zod';
import { SUCCESSOR_RULES } from '../../domain/staff/successor.ts';
import { TRANSFER_KINDS, TRANSFER_STATES } from '../../domain/staff/transfer.ts';
import { MANAGERS, NOTHING } from './access.ts';
import { KnownProductShape } from './assignment.ts';

const instant = z.iso.datetime();
const person = z.object({ staffId: z.string(), name: z.string() });
const limit = z.coerce.number().int().min(1).max(500).default(100);

/** Where a transfer stands; `stateName` is in Chinese, with the reason when WeCom did not start it. */
const TransferShape = z.object({
  id: z.string(),
  kind: z.enum(TRANSFER_KINDS),
  state: z.enum(TRANSFER_STATES),
  stateName: z.string(),
  errcode: z.number().int().nullable(),
  handover: person,
  takeover: person,
  contact: z.object({ externalUserId: z.string(), name: z.string() }),
  account: z.object({ id: z.string(), name: z.string() }).nullable(),
  askedAt: instant,
  /** When WeCom carries it out; ahead while waiting, null when it is not known. */
  takeoverAt: instant.nullable(),
  settledAt: instant.nullable(),
});

/** `GET /api/v1/transfers`: the latest first; a manager sees those of the team. */
export const GetTransfers = {
  access: MANAGERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({ state: z.enum(TRANSFER_STATES).optional(), limit }),
  body: z.unknown(),
  answer: z.object({ transfers: z.array(TransferShape) }),
};
export type TransferView = z.infer<typeof TransferShape>;

/** Why an heir is proposed; see `SUCCESSOR_RULES`. */
const HeirWhyShape = z.object({
  rule: z.enum(SUCCESSOR_RULES),
  touchedAt: instant.nullable(),
  accountCount: z.number().int().nullable(),
  departmentId: z.number().int().nullable(),
});

/** `GET /api/v1/pool`: accounts without an owner, the longest there first; a manager sees what the team left. */
export const GetPool = {
  access: MANAGERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({ limit }),
  body: z.unknown(),
  answer: z.object({
    accounts: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        region: z.string(),
        product: KnownProductShape.nullable(),
        formerOwner: person.nullable(),
        pooledAt: instant.nullable(),
        heir: person.nullable(),
        why: HeirWhyShape.nullable(),
        isAccepted: z.boolean(),
      }),
    ),
  }),
};
export type PoolView = z.infer<typeof GetPool.answer>;

const MOST_ACCOUNTS = 1000;

/** `POST /api/v1/transfers`: hands over these accounts, or `null` for everything; a manager within the team only. */
export const PostTransfer = {
  access: MANAGERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.object({
    kind: z.enum(TRANSFER_KINDS),
    handoverId: z.string().min(1),
    takeoverId: z.string().min(1),
    accountIds: z.array(z.string().min(1)).min(1).max(MOST_ACCOUNTS).nullable(),
  }),
  answer: z.object({
    /** Contacts on their way. */
    started: z.number().int(),
    /** Accounts that have a new owner now. */
    assigned: z.number().int(),
    problems: z.array(
      z.object({
        externalUserId: z.string(),
        accountId: z.string().nullable(),
        code: z.enum(['in_progress', 'too_often', 'rejected']),
        reason: z.string(),
      }),
    ),
  }),
};
