import type { Day } from '../calendar.ts';
import { dimensionOf, type Stage } from '../classification/lifecycle.ts';
import { byHandOf } from '../classification/override.ts';

type Person = { staffId: string; name: string } | null;

/** The dates and people of an account as kept. */
type Shown = {
  _id: string;
  ownerId: string | null;
  deputyId: string | null;
  lastTouchAt: Date | null;
  knownSince: Date;
  pooledAt: Date | null;
  dueOn: Day | null;
  stage: Stage;
  valueClass: string;
} & Parameters<typeof byHandOf>[0];

/** Members by id, as people read them; who is not known any more goes by the id. */
export const namer = (members: readonly { _id: string; name: string }[]) => {
  const names = new Map(members.map(({ _id, name }) => [_id, name]));
  return (staffId: string | null): Person =>
    staffId ? { staffId, name: names.get(staffId) ?? staffId } : null;
};

/** What signs changes that nobody made: jobs, events, commands. */
const BY_ITSELF = new Set(['classify-accounts', 'place-contact', 'retire-member', 'survey', 'import', 'cli']);

/** Who made a change, as people read it: a member by name, the product itself as 系统, anybody else by the id. */
export const doerName = (by: string, names: ReadonlyMap<string, string>): string =>
  names.get(by) ?? (BY_ITSELF.has(by) ? '系统' : by);

const textOf = (at: Date | null) => at?.toISOString() ?? null;

/** An account as lists and its own page show it; a class that nobody computed yet is none. */
export const accountBasics = <Account extends Shown>(
  { _id: id, ownerId, deputyId, ...account }: Account,
  person: (staffId: string | null) => Person,
) => ({
  ...account,
  id,
  owner: person(ownerId),
  deputy: person(deputyId),
  dimension: dimensionOf(account.stage),
  byHand: byHandOf(account),
  valueClass: account.valueClassWhy ? account.valueClass : null,
  lastTouchAt: textOf(account.lastTouchAt),
  knownSince: account.knownSince.toISOString(),
  pooledAt: textOf(account.pooledAt),
});

/** Put over the basics for who may claim an account of the pool and sees no more of it: what it is, not how things stand with it. */
export const ONLY_TO_CLAIM = { deputy: null, valueClass: null, dueOn: null, lastTouchAt: null } as const;
