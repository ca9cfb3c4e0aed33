import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { createAccount } from '../flows/accounts/create-account.ts';
import { editAccount } from '../flows/accounts/edit-account.ts';
import { listAccounts } from '../flows/accounts/list-accounts.ts';
import { listTwins } from '../flows/accounts/list-twins.ts';
import { mergeAccount } from '../flows/accounts/merge-account.ts';
import { loadAccount } from '../flows/accounts/load-account.ts';
import { readAccount } from '../flows/accounts/read-account.ts';
import { setOwner } from '../flows/accounts/set-owner.ts';
import { setReferral } from '../flows/accounts/set-referral.ts';
import { splitAccount } from '../flows/accounts/split-account.ts';
import { unmergeAccount } from '../flows/accounts/unmerge-account.ts';
import { assignPool } from '../flows/pool/assign-pool.ts';
import { claimAccount } from '../flows/pool/claim-account.ts';
import { releaseAccount } from '../flows/pool/release-account.ts';
import { spellIds } from '../flows/staff/spell-ids.ts';
import { listCustomFields } from '../flows/settings/list-custom-fields.ts';
import { reclassifyAndTag } from '../flows/accounts/reclassify-and-tag.ts';
import { apiEndpoint } from './api-endpoint.ts';
import { onlyManagersOf, type Signed } from './caller.ts';
import { changeAccount } from './change-account.ts';
import { GetTwins } from './contract/account-twins.ts';
import {
  GetAccount,
  GetAccounts,
  PostAccount,
  PostAccountEdit,
  PostAccountOwner,
} from './contract/accounts.ts';
import { GetCustomFields } from './contract/custom-fields.ts';
import { PostAssign, PostClaim, PostRelease } from './contract/claims.ts';
import { PostMerge, PostSplit, PostUnmerge } from './contract/merges.ts';
import { PostReferral } from './contract/referrals.ts';

type Show = (caller: Signed['caller'], accountId: string) => ReturnType<typeof readAccount>;

/** The book of customers: listing, making, reading, claiming and releasing. */
export const accountRoutes = (context: Context) => {
  const show: Show = async (caller, accountId) =>
    readAccount(context, caller, await loadAccount(context, caller, { accountId, to: 'basics' }));
  return new Router<Signed>()
    .get(
      '/accounts',
      apiEndpoint(context, GetAccounts, ({ query }, { caller }) => listAccounts(context, caller, query)),
    )
    .get(
      '/account-twins',
      apiEndpoint(context, GetTwins, ({ query }, { caller }) => listTwins(context, caller, query)),
    )
    .post(
      '/accounts',
      apiEndpoint(context, PostAccount, ({ body }, { caller }) => createAccount(context, caller, body)),
    )
    .get(
      '/accounts/:accountId',
      apiEndpoint(context, GetAccount, ({ opened }, { caller }) => readAccount(context, caller, opened)),
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
      apiEndpoint(context, GetCustomFields, () => listCustomFields(context)),
    )
    .post(
      '/accounts/:accountId',
      apiEndpoint(context, PostAccountEdit, async ({ opened: { account }, body }, { caller }) => {
        const { version, ...edit } = body;
        await changeAccount(context, { account, version }, () =>
          editAccount(context, caller, { account, edit }),
        );
        return show(caller, account._id);
      }),
    )
    .post(
      '/accounts/:accountId/owner',
      apiEndpoint(context, PostAccountOwner, async ({ opened: { account }, body }, { caller }) => {
        const { version, ...wish } = body;
        await changeAccount(context, { account, version }, () =>
          setOwner(context, caller, { account, wish }),
        );
        return show(caller, account._id);
      }),
    )
    .post(
      '/accounts/:accountId/referral',
      apiEndpoint(context, PostReferral, async ({ opened: { account }, body }, { caller }) => {
        const { version, ...wish } = body;
        await changeAccount(context, { account, version }, async () => {
          const referrerIds = await setReferral(context, caller, { account, ...wish });
          await reclassifyAndTag(context, referrerIds ?? [], { by: caller.staffId });
          return referrerIds !== null;
        });
        return show(caller, account._id);
      }),
    );

/** What makes one account of two, and two of one. */
const shapeRoutes = (context: Context, show: Show) =>
  new Router<Signed>()
    .post(
      '/accounts/:accountId/merge',
      apiEndpoint(context, PostMerge, async ({ opened: { account: from }, body }, { caller }) => {
        const wanted = { accountId: body.intoId, to: 'decide' as const };
        const { account: into } = await loadAccount(context, caller, wanted);
        const merging = { from, into, reason: body.reason };
        const intoId = await mergeAccount(context, caller, merging);
        await reclassifyAndTag(context, [from._id, intoId], { by: caller.staffId, isMove: true });
        return show(caller, intoId);
      }),
    )
    .post(
      '/accounts/:accountId/unmerge',
      apiEndpoint(context, PostUnmerge, async ({ opened: { account: holder }, params }, { caller }) => {
        const partedIds = await unmergeAccount(context, caller, { ...params, holder });
        await reclassifyAndTag(context, partedIds, { by: caller.staffId, isMove: true });
        return show(caller, params.accountId);
      }),
    )
    .post(
      '/accounts/:accountId/split',
      apiEndpoint(context, PostSplit, async ({ opened: { account }, body }, { caller }) => {
        const partId = await splitAccount(context, caller, { account, wish: body });
        await reclassifyAndTag(context, [account._id, partId], { by: caller.staffId, isMove: true });
        return show(caller, partId);
      }),
    );

/** What moves an account out of the pool and into it. */
const moveRoutes = (context: Context, show: Show) =>
  new Router<Signed>()
    .post(
      '/accounts/:accountId/claim',
      apiEndpoint(context, PostClaim, async ({ opened: { account }, params }, { caller }) => {
        await claimAccount(context, caller.staffId, account);
        return show(caller, params.accountId);
      }),
    )
    .post(
      '/accounts/:accountId/release',
      apiEndpoint(context, PostRelease, ({ opened: { account }, body }, { caller }) =>
        releaseAccount(context, caller, { account, ...body }),
      ),
    )
    .post(
      '/pool/assign',
      apiEndpoint(context, PostAssign, async ({ body }, { caller }) => {
        const staffIds = await spellIds(context, body.staffIds);
        onlyManagersOf(caller, staffIds);
        const takers = async <Named extends { staffIds: string[] }>(each: Named) => {
          return { ...each, staffIds: await spellIds(context, each.staffIds) };
        };
        const regions = await Promise.all(body.regions.map(takers));
        const products = await Promise.all(body.products.map(takers));
        return assignPool(context, caller, { ...body, staffIds, regions, products });
      }),
    );
