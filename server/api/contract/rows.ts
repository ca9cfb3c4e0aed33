import { z } from 'zod';
import type { Scope } from '../../domain/staff/permission.ts';
import { ADMINS, NOTHING, orKey } from './access.ts';

/** One cell of a row that a machine sends, as in a file. */
export const cell = z.string().max(500);

/** Yuan, as a number or a text such as `1,234.50`. */
export const yuan = z.union([z.string().max(40), z.number()]);

/** What became of the rows sent; `line` counts them from 1. */
const report = z.object({
  imported: z.number().int(),
  created: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.array(z.object({ line: z.number().int(), id: z.string(), reasons: z.array(z.string()) })),
  notes: z.array(z.object({ line: z.number().int(), id: z.string(), reasons: z.array(z.string()) })),
  /** Names of customers whom nobody knew before these rows. */
  newCustomers: z.array(z.string()),
});

/** A route that takes up to 500 rows of administrators and of machines with that scope: good ones are kept, bad ones told with every reason. */
export const rowsRoute = <Body extends z.ZodType>(scope: Scope, body: Body) => ({
  access: orKey(ADMINS, scope),
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body,
  answer: report,
});

/** So many rows at once. */
export const rowsOf = <Row extends z.ZodType>(row: Row) => z.array(row).min(1).max(500);
