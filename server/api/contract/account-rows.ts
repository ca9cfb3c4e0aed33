import { z } from 'zod';
import { cell, rowsOf, rowsRoute } from './rows.ts';

/** What a machine knows of an account; what is left out stays as it is. `custom`: the administrator's own fields by their keys. */
const row = z.strictObject({
  externalId: cell.optional(),
  name: cell,
  industry: cell.optional(),
  region: cell.optional(),
  size: cell.optional(),
  /** The userid of the owner. */
  owner: cell.optional(),
  custom: z.record(z.string().max(100), z.union([cell, z.number()])).optional(),
});
export type AccountRowDraft = z.infer<typeof row>;

/** `PUT /api/v1/accounts`: found by number, else by name, else made; repeatable. */
export const PutAccounts = rowsRoute('accounts:write', z.object({ accounts: rowsOf(row) }));
