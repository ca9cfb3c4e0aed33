import type { AccountRight, AccountAccess } from '../../domain/accounts/account-right.ts';
import type { ContactRight } from '../../domain/contacts/contact-right.ts';
import type { Access, Scope } from '../../domain/staff/permission.ts';

/* What every route says about itself: who may call it, and what it loads before it answers. */

/** Everybody who works here. */
export const MEMBERS: Access = { roles: ['sales', 'manager', 'admin'] };
export const MANAGERS: Access = { roles: ['manager', 'admin'] };
export const ADMINS: Access = { roles: ['admin'] };

/** Nobody needs to sign in. */
export const ANYBODY = 'anybody' as const; // without it a shape would widen it to any text

/** These members, and machines whose key has that scope. */
export const orKey = (access: Access, scope: Scope): Access => ({ ...access, scope });

/**
 * What a route may load, by the parameters of its path, and how far the caller must be allowed to go with it. Of complaints, tasks
 * and warnings: with the account that they are about. Null: the access says all.
 */
type Reach = {
  nothing: null;
  account: AccountAccess;
  contact: Exclude<ContactRight, 'none'>;
  complaint: AccountRight;
  task: AccountRight;
  warning: AccountRight;
  webhook: null;
};
export type Loadable = keyof Reach;

/** What one route loads. `itself`: also an account that was merged into another. */
export type Load<What extends Loadable> = { what: What; to: Reach[What]; itself?: boolean };

/** The route loads nothing: the caller, or what the request says, is enough for its flow. */
export const NOTHING: Load<'nothing'> = { what: 'nothing', to: null };
/** `:id` names a webhook. */
export const A_WEBHOOK: Load<'webhook'> = { what: 'webhook', to: null };

/** `:token` names an invitation to a questionnaire, and is all that is asked for. */
export const AN_INVITATION = { what: 'invitation', to: null } as const;

/** `:accountId` names an account. */
export const accountTo = (to: AccountAccess): Load<'account'> => ({ what: 'account', to });
/** `:accountId` names an account that is wanted as it is, also when it was merged. */
export const accountItselfTo = (to: AccountAccess): Load<'account'> => ({ ...accountTo(to), itself: true });
/** `:externalUserId` names a contact. */
export const contactTo = (to: Reach['contact']): Load<'contact'> => ({ what: 'contact', to });
/** `:id` names a complaint. */
export const complaintTo = (to: AccountRight): Load<'complaint'> => ({ what: 'complaint', to });
/** `:id` names a task; whose it is may always. */
export const taskTo = (to: AccountRight): Load<'task'> => ({ what: 'task', to });
/** `:id` names a warning. */
export const warningTo = (to: AccountRight): Load<'warning'> => ({ what: 'warning', to });
