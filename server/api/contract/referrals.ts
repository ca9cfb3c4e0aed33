import { z } from 'zod';
import { MEMBERS, accountTo } from './access.ts';
import { GetAccount, version } from './accounts.ts';

/** `POST /api/v1/accounts/:accountId/referral`: who recommended us; null: nobody. 400 `refers_itself` or `referral_cycle`. */
export const PostReferral = {
  access: MEMBERS,
  load: accountTo('edit'),
  params: GetAccount.params,
  query: z.object({}),
  body: z.object({ referredById: z.string().min(1).max(128).nullable(), version }),
  answer: GetAccount.answer,
};
