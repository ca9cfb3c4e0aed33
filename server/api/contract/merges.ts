import { z } from 'zod';
import { MEMBERS, accountItselfTo, accountTo } from './access.ts';
import { GetAccount, PostAccount } from './accounts.ts';

const { params, answer } = GetAccount;
const id = z.string().min(1).max(128);
const none = z.object({});

/** `POST /api/v1/accounts/:accountId/merge`: into `intoId`, which is answered. 400 `merge_with_itself`. Reversible for 30 days. */
export const PostMerge = {
  access: MEMBERS,
  load: accountItselfTo('decide'),
  params,
  query: none,
  body: z.object({ intoId: id, reason: z.string().trim().min(1, '请填写原因').max(200) }),
  answer,
};

/** `POST /api/v1/accounts/:accountId/unmerge`: brings the merged account back. 409 `not_merged` or `merge_too_old`. */
export const PostUnmerge = {
  access: MEMBERS,
  load: accountTo('decide'),
  params,
  query: none,
  body: z.unknown(),
  answer,
};

/**
 * `POST /api/v1/accounts/:accountId/split`: these contacts, with what was said with them, become another account, which is
 * answered; with these orders, contracts and opportunities. 409 `would_be_empty` or `name_taken`; 400 `not_in_account`.
 */
export const PostSplit = {
  access: MEMBERS,
  load: accountTo('decide'),
  params,
  query: none,
  body: z.object({
    contactIds: z.array(id).min(1, '请至少选择一位联系人').max(200),
    name: PostAccount.body.shape.name,
    orderIds: z.array(id).max(1000).default([]),
    contractIds: z.array(id).max(1000).default([]),
    opportunityIds: z.array(id).max(1000).default([]),
  }),
  answer,
};
