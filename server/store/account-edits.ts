import type { QueryFilter } from 'mongoose';
import type { Account } from './account-model.ts';

/** An account that was changed by hand so often, and not since; what was kept before anybody counted is 0. */
export const atVersion = (accountId: string, version: number): QueryFilter<Account> => ({
  _id: accountId,
  'edits.version': version > 0 ? version : { $in: [0, null] },
});

type EditNote = { version: number; by: string; at: Date };

/** What an edit of these fields leaves about itself. */
export function noteOfEdit(fields: readonly string[], { version, by, at }: EditNote) {
  const next = version + 1;
  const each = fields.map((field) => [`edits.fields.${field}`, next]);
  return { 'edits.version': next, 'edits.by': by, 'edits.at': at, ...Object.fromEntries(each) };
}
