import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { clearOverride } from '../flows/accounts/clear-override.ts';
import { loadAccount } from '../flows/accounts/load-account.ts';
import { ratePotential } from '../flows/accounts/rate-potential.ts';
import { readClassification } from '../flows/accounts/read-classification.ts';
import { readTierShape } from '../flows/accounts/read-tier-shape.ts';
import { setOverride, type OverrideRequest } from '../flows/accounts/set-override.ts';
import { reclassifyAndTag } from '../flows/accounts/reclassify-and-tag.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { changeAccount, type Changing } from './change-account.ts';
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
  const override = (
    account: Changing['account'],
    { version, ...wish }: OverrideRequest & Seen,
    { caller }: Signed,
  ) =>
    change(context, { account, caller, version }, () =>
      setOverride(context, account, { ...wish, by: caller.staffId }),
    );
  return new Router<Signed>()
    .get(
      '/accounts/:accountId/classification',
      apiEndpoint(context, GetClassification, ({ opened }) => readClassification(context, opened)),
    )
    .post(
      '/accounts/:accountId/tier-pin',
      apiEndpoint(context, PostTierPin, ({ opened: { account }, body: { tier, ...wish } }, state) =>
        override(account, { ...wish, kind: 'tier', value: tier }, state),
      ),
    )
    .post(
      '/accounts/:accountId/stage-pin',
      apiEndpoint(context, PostStagePin, ({ opened: { account }, body: { stage, ...wish } }, state) =>
        override(account, { ...wish, kind: 'stage', value: stage }, state),
      ),
    )
    .post(
      '/accounts/:accountId/strategic-mark',
      apiEndpoint(context, PostStrategicMark, ({ opened: { account }, body }, state) =>
        override(account, { ...body, kind: 'strategic', value: true }, state),
      ),
    )
    .use(ratingRoutes(context).routes());
}

const ratingRoutes = (context: Context) =>
  new Router<Signed>()
    .post(
      '/accounts/:accountId/clear-override',
      apiEndpoint(context, PostClearOverride, ({ opened: { account }, body }, { caller }) => {
        const { version, ...wish } = body;
        return change(context, { account, caller, version }, () =>
          clearOverride(context, account, { ...wish, by: caller.staffId }),
        );
      }),
    )
    .post(
      '/accounts/:accountId/potential',
      apiEndpoint(context, PostPotential, ({ opened: { account }, body }, { caller }) => {
        const { version, ...rating } = body;
        return change(context, { account, caller, version }, () =>
          ratePotential(context, account, { ...rating, by: caller.staffId }),
        );
      }),
    )
    .get(
      '/tier-shape',
      apiEndpoint(context, GetTierShape, async () => ({ shape: await readTierShape(context) })),
    );

type Seen = { version?: number | undefined };

/**
 * Changes something of an account that classifies it, and answers what holds then. Tags in WeCom follow by themselves; what
 * WeCom refuses now, the night writes.
 */
async function change(context: Context, asked: Changing & Signed, write: () => Promise<boolean>) {
  const { account, caller } = asked;
  await changeAccount(context, asked, write);
  await reclassifyAndTag(context, [account._id], { by: caller.staffId });
  const opened = await loadAccount(context, caller, { accountId: account._id, to: 'read' });
  return readClassification(context, opened);
}
