import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { createAccount } from '../flows/accounts/create-account.ts';
import { editAccount } from '../flows/accounts/edit-account.ts';
import { listAccounts } from '../flows/accounts/list-accounts.ts';
import { mergeAccount } from '../flows/accounts/merge-account.ts';
import { openAccount } from '../flows/accounts/open-account.ts';
import { readAccount } from '../flows/accounts/read-account.ts';
import { setOwner } from '../flows/accounts/set-owner.ts';
import { setReferral } from '../flows/accounts/set-referral.ts';
import { splitAccount } from '../flows/accounts/split-account.ts';
import { unmergeAccount } from '../flows/accounts/unmerge-account.ts';
import { assignPool } from '../flows/pool/assign-pool.ts';
import { claimAccount } from '../flows/pool/claim-account.ts';
import { releaseAccount } from '../flows/pool/release-account.ts';
import { listCustomFields } from '../flows/settings/list-custom-fields.ts';
import { endpoint } from '../http/endpoint.ts';
import { afterFacts, afterMove } from './after-facts.ts';
import { onlyManagersOf, type Signed } from './caller.ts';
import {
  GetAccount,
  GetAccounts,
  GetCustomFields,
  PostAccount,
  PostAccountEdit,
  PostAccountOwner,
  PostReferral,
} from './contract/accounts.ts';
import { PostAssign, PostClaim, PostRelease } from './contract/claims.ts';
import { PostMerge, PostSplit, PostUnmerge } from './contract/merges.ts';

type Show = (caller: Signed['caller'], accountId: string) => ReturnType<typeof readAccount>;

/** The book of customers: listing, making, reading, claiming and releasing. */
export const accountRoutes = (context: Context) => {
  const show: Show = async (caller, accountId) =>
    readAccount(context, caller, await openAccount(context, caller, accountId));
  return new Router<Signed>()
    .get(
      '/accounts',
      endpoint(GetAccounts, ({ query }, { caller }: Signed) => listAccounts(context, caller, query)),
    )
    .post(
      '/accounts',
      endpoint(PostAccount, ({ body }, { caller }: Signed) => createAccount(context, caller, body)),
    )
    .get(
      '/accounts/:accountId',
      endpoint(GetAccount, ({ params }, { caller }: Signed) => show(caller, params.accountId)),
    )
    .use(editRoutes(context, show).routes())
    .use(shapeRoutes(context, show).routes())
    .use(moveRoutes(context, show).routes());
};

/** What changes an account and leaves it where it is. */
const editRoutes = (context: Context, show: Show) =>
  new Router<Signed>()
    .get(
      '/custom-fields',
      endpoint(GetCustomFields, () => listCustomFields(context)),
    )
    .post(
      '/accounts/:accountId',
      endpoint(PostAccountEdit, async ({ params, body }, { caller }: Signed) => {
        const account = await openAccount(context, caller, params.accountId);
        await editAccount(context, caller, { account, edit: body });
        return show(caller, account._id);
      }),
    )
    .post(
      '/accounts/:accountId/owner',
      endpoint(PostAccountOwner, async ({ params, body }, { caller }: Signed) => {
        const account = await openAccount(context, caller, params.accountId);
        await setOwner(context, caller, { account, wish: body });
        return show(caller, account._id);
      }),
    )
    .post(
      '/accounts/:accountId/referral',
      endpoint(PostReferral, async ({ params, body }, { caller }: Signed) => {
        const account = await openAccount(context, caller, params.accountId);
        const referrerIds = await setReferral(context, caller, { account, ...body });
        for (const id of referrerIds) await afterFacts(context, id, caller.staffId);
        return show(caller, account._id);
      }),
    );

/** What makes one account of two, and two of one. */
const shapeRoutes = (context: Context, show: Show) =>
  new Router<Signed>()
    .post(
      '/accounts/:accountId/merge',
      endpoint(PostMerge, async ({ params: { accountId: fromId }, body }, { caller }: Signed) => {
        const intoId = await mergeAccount(context, caller, { fromId, ...body });
        await afterMove(context, [fromId, intoId], caller.staffId);
        return show(caller, intoId);
      }),
    )
    .post(
      '/accounts/:accountId/unmerge',
      endpoint(PostUnmerge, async ({ params }, { caller }: Signed) => {
        const partedIds = await unmergeAccount(context, caller, params.accountId);
        await afterMove(context, partedIds, caller.staffId);
        return show(caller, params.accountId);
      }),
    )
    .post(
      '/accounts/:accountId/split',
      endpoint(PostSplit, async ({ params, body }, { caller }: Signed) => {
        const account = await openAccount(context, caller, params.accountId);
        const partId = await splitAccount(context, caller, { account, wish: body });
        await afterMove(context, [account._id, partId], caller.staffId);
        return show(caller, partId);
      }),
    );

/** What moves an account out of the pool and into it. */
const moveRoutes = (context: Context, show: Show) =>
  new Router<Signed>()
    .post(
      '/accounts/:accountId/claim',
      endpoint(PostClaim, async ({ params }, { caller }: Signed) => {
        await claimAccount(context, caller.staffId, params.accountId);
        return show(caller, params.accountId);
      }),
    )
    .post(
      '/accounts/:accountId/release',
      endpoint(PostRelease, ({ params, body }, { caller }: Signed) =>
        releaseAccount(context, caller, { ...params, ...body }),
      ),
    )
    .post(
      '/pool/assign',
      endpoint(PostAssign, async ({ body }, { caller }: Signed) => {
        onlyManagersOf(caller, body.staffIds);
        return assignPool(context, caller, body);
      }),
    );
