import type { Middleware } from 'koa';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import type { Access } from '../domain/staff/permission.ts';
import { loadAccount, type LoadedAccount } from '../flows/accounts/load-account.ts';
import { findComplaint, type FoundComplaint } from '../flows/complaints/find-complaint.ts';
import { loadContact, type LoadedContact } from '../flows/contacts/load-contact.ts';
import { findTask, type FoundTask } from '../flows/tasks/find-task.ts';
import { findWarning, type FoundWarning } from '../flows/warnings/find-warning.ts';
import { loadWebhook } from '../flows/webhooks/load-webhook.ts';
import { endpoint, type Input, type Shape } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import type { Load, Loadable } from './contract/access.ts';

/** Which parameters of the path name it, and what a handler gets. */
type Things = {
  nothing: { params: unknown; opened: null };
  account: { params: { accountId: string }; opened: LoadedAccount };
  contact: { params: { externalUserId: string }; opened: LoadedContact };
  complaint: { params: { id: string }; opened: FoundComplaint };
  task: { params: { id: string }; opened: FoundTask };
  warning: { params: { id: string }; opened: FoundWarning };
  webhook: { params: { id: string }; opened: Awaited<ReturnType<typeof loadWebhook>> };
};

type Asked<What extends Loadable> = Load<What> & {
  context: Context;
  caller: Signed['caller'];
  params: Things[What]['params'];
};
type Openers = { [What in Loadable]: (asked: Asked<What>) => Promise<Things[What]['opened']> };

/** How each is opened for a caller; each throws for who may not go so far. */
const OPENERS: Openers = {
  nothing: async () => null,
  account: ({ context, caller, params: { accountId }, to, itself = false }) =>
    loadAccount(context, caller, { accountId, to, itself }),
  contact: ({ context, caller, params: { externalUserId }, to }) =>
    loadContact(context, caller, { externalUserId, to }),
  complaint: ({ context, caller, params: { id }, to }) => findComplaint(context, caller, { id, to }),
  task: ({ context, caller, params: { id }, to }) => findTask(context, caller, { id, to }),
  warning: ({ context, caller, params: { id }, to }) => findWarning(context, caller, { id, to }),
  webhook: ({ context, params: { id } }) => loadWebhook(context, id),
};

/** A route for callers who are known. */
type SignedShape<Params, Query, Body, Answer, What extends Loadable> = Shape<
  Params,
  Query,
  Body,
  Answer,
  Load<What>
> & { access: Access };

/**
 * A route for signed-in members and machines. What its shape loads is opened before `run`, which gets it as `opened`; who may call
 * it at all `permit` has asked before.
 *
 * @throws {AppError} as `endpoint`, and as what opens the thing: 404 where there is none, 403 where the caller may not go so far.
 */
export function apiEndpoint<
  Params extends Things[What]['params'],
  Query,
  Body,
  Answer,
  What extends Loadable,
>(
  context: Context,
  shape: SignedShape<Params, Query, Body, Answer, What>,
  run: (
    input: Input<Params, Query, Body> & { opened: Things[What]['opened'] },
    state: Signed,
  ) => Promise<z.input<z.ZodType<Answer>>>,
): Middleware<Signed, { params: unknown; request: { body?: unknown } }> {
  return endpoint(shape, {
    open: (load: Load<What>, { params, state: { caller } }: { params: Params; state: Signed }) =>
      OPENERS[load.what]({ ...load, context, caller, params }),
    run,
  });
}
