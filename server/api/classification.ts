import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { clearOverride } from '../flows/accounts/clear-override.ts';
import { openAccount } from '../flows/accounts/open-account.ts';
import { ratePotential } from '../flows/accounts/rate-potential.ts';
import { readClassification } from '../flows/accounts/read-classification.ts';
import { readTierShape } from '../flows/accounts/read-tier-shape.ts';
import { setOverride, type Wish } from '../flows/accounts/set-override.ts';
import { endpoint } from '../http/endpoint.ts';
import { reclassifyAndTag } from '../flows/accounts/reclassify-and-tag.ts';
import type { Signed } from './caller.ts';
import { changeAccount, type Account, type Changing } from './change-account.ts';
import {
  GetClassification,
  GetTierShape,
  PostClearOverride,
  PostPotential,
  PostStagePin,
  PostStrategicMark,
  PostTierPin,
} from './contract/classification.ts';

/** What an account is to us and why; what people set by hand against it, which holds at once. */
export function classificationRoutes(context: Context) {
  const override = (accountId: string, { version, ...wish }: Wish & Seen, { caller }: Signed) =>
    change(context, { accountId, caller, to: 'manage', version }, (account) =>
      setOverride(context, account, { ...wish, by: caller.staffId }),
    );
  return new Router<Signed>()
    .get(
      '/accounts/:accountId/classification',
      endpoint(GetClassification, async ({ params }, { caller }: Signed) =>
        readClassification(context, await openAccount(context, caller, { ...params, to: 'read' })),
      ),
    )
    .post(
      '/accounts/:accountId/tier-pin',
      endpoint(PostTierPin, ({ params, body: { tier, ...wish } }, state: Signed) =>
        override(params.accountId, { ...wish, kind: 'tier', value: tier }, state),
      ),
    )
    .post(
      '/accounts/:accountId/stage-pin',
      endpoint(PostStagePin, ({ params, body: { stage, ...wish } }, state: Signed) =>
        override(params.accountId, { ...wish, kind: 'stage', value: stage }, state),
      ),
    )
    .post(
      '/accounts/:accountId/strategic-mark',
      endpoint(PostStrategicMark, ({ params, body }, state: Signed) =>
        override(params.accountId, { ...body, kind: 'strategic', value: true }, state),
      ),
    )
    .use(ratingRoutes(context).routes());
}

const ratingRoutes = (context: Context) =>
  new Router<Signed>()
    .post(
      '/accounts/:accountId/clear-override',
      endpoint(
        PostClearOverride,
        ({ params: { accountId }, body: { version, ...wish } }, { caller }: Signed) =>
          change(context, { accountId, caller, to: 'manage', version }, (account) =>
            clearOverride(context, account, { ...wish, by: caller.staffId }),
          ),
      ),
    )
    .post(
      '/accounts/:accountId/potential',
      endpoint(PostPotential, ({ params: { accountId }, body: { version, ...rating } }, { caller }: Signed) =>
        change(context, { accountId, caller, to: 'edit', version }, (account) =>
          ratePotential(context, account, { ...rating, by: caller.staffId }),
        ),
      ),
    )
    .get(
      '/tier-shape',
      endpoint(GetTierShape, async () => ({ shape: await readTierShape(context) })),
    );

type Seen = { version?: number | undefined };

/**
 * Changes something of an account that classifies it, and answers what holds then. Tags in WeCom follow by themselves; what
 * WeCom refuses now, the night writes.
 */
async function change(context: Context, asked: Changing, write: (account: Account) => Promise<boolean>) {
  const { _id: accountId } = await changeAccount(context, asked, write);
  await reclassifyAndTag(context, [accountId], { by: asked.caller.staffId });
  return readClassification(context, await openAccount(context, asked.caller, { accountId, to: 'read' }));
}
