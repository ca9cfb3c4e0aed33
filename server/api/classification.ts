import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { mayOverride, mayRate } from '../domain/override.ts';
import { AppError } from '../errors.ts';
import { clearOverride } from '../flows/accounts/clear-override.ts';
import { openAccount } from '../flows/accounts/open-account.ts';
import { ratePotential } from '../flows/accounts/rate-potential.ts';
import { readClassification } from '../flows/accounts/read-classification.ts';
import { readTierShape } from '../flows/accounts/read-tier-shape.ts';
import { setOverride, type Wish } from '../flows/accounts/set-override.ts';
import { endpoint } from '../http/endpoint.ts';
import { afterFacts } from './after-facts.ts';
import type { Signed } from './caller.ts';
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
  const override = (accountId: string, wish: Wish, { caller }: Signed) =>
    change(context, { accountId, caller, mayDo: mayOverride }, (account) =>
      setOverride(context, account, { ...wish, by: caller.staffId }),
    );
  return new Router<Signed>()
    .get(
      '/accounts/:accountId/classification',
      endpoint(GetClassification, async ({ params }, { caller }: Signed) =>
        readClassification(context, caller, await openAccount(context, caller, params.accountId)),
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
      endpoint(PostClearOverride, ({ params: { accountId }, body }, { caller }: Signed) =>
        change(context, { accountId, caller, mayDo: mayOverride }, (account) =>
          clearOverride(context, account, { ...body, by: caller.staffId }),
        ),
      ),
    )
    .post(
      '/accounts/:accountId/potential',
      endpoint(PostPotential, ({ params: { accountId }, body }, { caller }: Signed) =>
        change(context, { accountId, caller, mayDo: mayRate }, (account) =>
          ratePotential(context, account, { ...body, by: caller.staffId }),
        ),
      ),
    )
    .get(
      '/tier-shape',
      endpoint(GetTierShape, async () => ({ shape: await readTierShape(context) })),
    );

type Account = Awaited<ReturnType<typeof openAccount>>;
type Asked = {
  accountId: string;
  caller: Signed['caller'];
  mayDo: (caller: Signed['caller'], account: Account) => boolean;
};

/**
 * Changes something of an account that classifies it, and answers what holds then. Tags in WeCom follow by themselves; what
 * WeCom refuses now, the night writes.
 *
 * @throws {AppError} 403 `not_your_team`
 */
async function change(
  context: Context,
  { accountId, caller, mayDo }: Asked,
  write: (account: Account) => Promise<void>,
) {
  const account = await openAccount(context, caller, accountId);
  if (!mayDo(caller, account))
    throw new AppError(403, 'not_your_team', { message: '只有负责人的主管和管理员可以修改' });
  await write(account);
  await afterFacts(context, account._id, caller.staffId);
  return readClassification(context, caller, await openAccount(context, caller, account._id));
}
