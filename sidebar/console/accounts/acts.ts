import type { AccountView } from '../../../server/api/contract/accounts.ts';
import type { Role } from '../role.ts';

/** What can be done to an account, in the order of the buttons. */
const ACTS = [
  'followUp',
  'claim',
  'assign',
  'edit',
  'rate',
  'owner',
  'pin',
  'merge',
  'split',
  'release',
] as const;
export type Act = (typeof ACTS)[number];

/** What the visitor may do here, by what the server said. */
export function actsOf({ may, account, contacts }: AccountView, role: Role): Act[] {
  const isManager = role !== 'sales';
  const can: Record<Act, boolean> = {
    followUp: account.owner !== null,
    claim: may.claim,
    assign: may.claim && isManager,
    edit: may.edit,
    rate: may.edit,
    owner: account.owner !== null && may.merge,
    pin: may.setOwner && isManager,
    merge: may.merge,
    split: may.merge && contacts.length > 1,
    release: may.release,
  };
  return ACTS.filter((act) => can[act]);
}
