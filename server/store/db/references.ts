/** What becomes of a reference: it names the other one afterwards, or stays as it is, and why that is right. */
type Fate = 'follows' | `stays: ${string}`;

/** What a path of a schema names, and what becomes of it; declared with the path as its option `refers`, so that none is forgotten. */
export type Reference =
  | { to: 'account'; merge: Fate; split: Fate; export: 'told' | `left out: ${string}` }
  | { to: 'member'; rename: Fate };

const account = (fates: Omit<Extract<Reference, { to: 'account' }>, 'to'>): Reference => ({
  to: 'account',
  ...fates,
});

/** A row that belongs to an account; a split takes it along with its contact, or because somebody chose it. */
export const OF_ACCOUNT = account({ merge: 'follows', split: 'follows', export: 'told' });

/** What happened to the whole company, not to one of its people. */
export const OF_COMPANY = account({
  merge: 'follows',
  split: 'stays: it is about the company that was split',
  export: 'told',
});

/** The account as it was called when something happened. */
export const accountThen = (why: string, exported: 'told' | `left out: ${string}` = 'told'): Reference =>
  account({ merge: `stays: ${why}`, split: `stays: ${why}`, export: exported });

/** Where an account went. */
export const MERGED_INTO = accountThen('the way of an account is followed step by step');

/** The account that recommended another one. */
export const REFERRER = account({
  merge: 'follows',
  split: 'stays: the company recommended, not one of its people',
  export: 'told',
});

/** A member by their id, which WeCom may change. */
export const MEMBER: Reference = { to: 'member', rename: 'follows' };

/** A member as they were called then. */
export const memberThen = (why: string): Reference => ({ to: 'member', rename: `stays: ${why}` });
