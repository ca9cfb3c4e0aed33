import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { createAccount } from '../flows/accounts/create-account.ts';
import { editAccount } from '../flows/accounts/edit-account.ts';
import { listAccounts } from '../flows/accounts/list-accounts.ts';
import { listTwins } from '../flows/accounts/list-twins.ts';
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
import { spellIds } from '../flows/staff/spell-ids.ts';
import { listCustomFields } from '../flows/settings/list-custom-fields.ts';
import { endpoint } from '../http/endpoint.ts';
import { reclassifyAndTag } from '../flows/accounts/reclassify-and-tag.ts';
import { onlyManagersOf, type Signed } from './caller.ts';
import { changeAccount } from './change-account.ts';
import { GetTwins } from './contract/account-twins.ts';
import {
  GetAccount,
  GetAccounts,
  PostAccount,
  PostAccountEdit,
  PostAccountOwner,
  PostReferral,
} from './contract/accounts.ts';
import { GetCustomFields } from './contract/custom-fields.ts';
import { PostAssign, PostClaim, PostRelease } from './contract/claims.ts';
import { PostMerge, PostSplit, PostUnmerge } from './contract/merges.ts';

type Show = (caller: Signed['caller'], accountId: string) => ReturnType<typeof readAccount>;

/** The book of customers: listing, making, reading, claiming and releasing. */
export const accountRoutes = (context: Context) => {
  const show: Show = async (caller, accountId) =>
    readAccount(context, caller, await openAccount(context, caller, { accountId, to: 'basics' }));
  return new Router<Signed>()
    .get(
      '/accounts',
      endpoint(GetAccounts, ({ query }, { caller }: Signed) => listAccounts(context, caller, query)),
    )
    .get(
      '/account-twins',
      endpoint(GetTwins, ({ query }, { caller }: Signed) => listTwins(context, caller, query)),
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
      endpoint(PostAccountEdit, async ({ params, body: { version, ...edit } }, { caller }: Signed) => {
        const asked = { ...params, caller, to: 'edit' as const, version };
        const { _id } = await changeAccount(context, asked, (account) =>
          editAccount(context, caller, { account, edit }),
        );
        return show(caller, _id);
      }),
    )
    .post(
      '/accounts/:accountId/owner',
      endpoint(PostAccountOwner, async ({ params, body: { version, ...wish } }, { caller }: Signed) => {
        const asked = { ...params, caller, to: 'decide' as const, version };
        const { _id } = await changeAccount(context, asked, (account) =>
          setOwner(context, caller, { account, wish }),
        );
        return show(caller, _id);
      }),
    )
    .post(
      '/accounts/:accountId/referral',
      endpoint(PostReferral, async ({ params, body: { version, ...wish } }, { caller }: Signed) => {
        const asked = { ...params, caller, to: 'edit' as const, version };
        const { _id } = await changeAccount(context, asked, async (account) => {
          const referrerIds = await setReferral(context, caller, { account, ...wish });
          await reclassifyAndTag(context, referrerIds ?? [], { by: caller.staffId });
          return referrerIds !== null;
        });
        return show(caller, _id);
      }),
    );

/** What makes one account of two, and two of one. */
const shapeRoutes = (context: Context, show: Show) =>
  new Router<Signed>()
    .post(
      '/accounts/:accountId/merge',
      endpoint(PostMerge, async ({ params: { accountId: fromId }, body }, { caller }: Signed) => {
        const both = { to: 'decide' as const, itself: false };
        const from = await openAccount(context, caller, { ...both, accountId: fromId, itself: true });
        const into = await openAccount(context, caller, { ...both, accountId: body.intoId });
        const merging = { from: from.account, into: into.account, reason: body.reason };
        const intoId = await mergeAccount(context, caller, merging);
        await reclassifyAndTag(context, [fromId, intoId], { by: caller.staffId, isMove: true });
        return show(caller, intoId);
      }),
    )
    .post(
      '/accounts/:accountId/unmerge',
      endpoint(PostUnmerge, async ({ params }, { caller }: Signed) => {
        const { account: holder } = await openAccount(context, caller, { ...params, to: 'decide' });
        const partedIds = await unmergeAccount(context, caller, { ...params, holder });
        await reclassifyAndTag(context, partedIds, { by: caller.staffId, isMove: true });
        return show(caller, params.accountId);
      }),
    )
    .post(
      '/accounts/:accountId/split',
      endpoint(PostSplit, async ({ params, body }, { caller }: Signed) => {
        const { account } = await openAccount(context, caller, { ...params, to: 'decide' });
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
      endpoint(PostClaim, async ({ params }, { caller }: Signed) => {
        const { account } = await openAccount(context, caller, { ...params, to: 'none' });
        await claimAccount(context, caller.staffId, account);
        return show(caller, params.accountId);
      }),
    )
    .post(
      '/accounts/:accountId/release',
      endpoint(PostRelease, async ({ params, body }, { caller }: Signed) => {
        const { account } = await openAccount(context, caller, { ...params, to: 'decide' });
        return releaseAccount(context, caller, { account, ...body });
      }),
    )
    .post(
      '/pool/assign',
      endpoint(PostAssign, async ({ body }, { caller }: Signed) => {
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
