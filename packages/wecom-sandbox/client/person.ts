import type { Customer, PersonId, SandboxState, Staff } from './control.ts';

/** The id of a member in the control API. */
export const staffPerson = (userid: string): PersonId => `staff:${userid}`;

/** The id of a customer in the control API. */
export const customerPerson = (externalUserId: string): PersonId => `customer:${externalUserId}`;

/** Whether this is somebody's WeChat rather than a member's WeCom. */
export const isCustomer = (person: PersonId): boolean => person.startsWith('customer:');

/** The bare userid or external_userid. */
export const bareId = (person: PersonId): string => person.slice(person.indexOf(':') + 1);

/** The member, or undefined when the id is a customer's or unknown. */
export const staffOf = (state: SandboxState, person: PersonId): Staff | undefined =>
  isCustomer(person) ? undefined : state.staff.find(({ userid }) => userid === bareId(person));

/** The customer, or undefined when the id is a member's or unknown. */
export const customerOf = (state: SandboxState, person: PersonId): Customer | undefined =>
  isCustomer(person)
    ? state.customers.find(({ externalUserId }) => externalUserId === bareId(person))
    : undefined;

/** Whether the corp still knows this person. */
export const isKnown = (state: SandboxState, person: PersonId): boolean =>
  staffOf(state, person) !== undefined || customerOf(state, person) !== undefined;

/** Who a newcomer starts as: the first seller, because sellers have customers to look at. */
export function firstPerson(state: SandboxState): PersonId | null {
  const first = state.staff.find(({ isLeader }) => !isLeader) ?? state.staff[0];
  return first ? staffPerson(first.userid) : null;
}

/** Two characters for the avatar: the last two of a Chinese name, the first letters of a Latin one. */
export function initialsOf(name: string): string {
  const clean = name.trim();
  if (/^[\p{sc=Latin}\s.'-]+$/u.test(clean)) {
    const letters = clean.split(/\s+/u).map((word) => word.charAt(0));
    return letters.slice(0, 2).join('').toUpperCase();
  }
  return [...clean].slice(-2).join('');
}
