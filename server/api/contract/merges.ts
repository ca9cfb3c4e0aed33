import { z } from 'zod';
import { GetAccount } from './accounts.ts';

const { params, answer } = GetAccount;
const id = z.string().min(1).max(128);
const none = z.object({});

/** `POST /api/v1/accounts/:accountId/merge`: into `intoId`, which is answered. 400 `merge_with_itself`. Reversible for 30 days. */
export const PostMerge = {
  params,
  query: none,
  body: z.object({ intoId: id, reason: z.string().trim().min(1, '请填写原因').max(200) }),
  answer,
};

/** `POST /api/v1/accounts/:accountId/unmerge`: brings the merged account back. 409 `not_merged` or `merge_too_old`. */
export const PostUnmerge = { params, query: none, body: z.unknown(), answer };
