import { z } from 'zod';
import { AssignWhyShape } from './assignment.ts';

/** One change in the history of an account. */
export const ChangeShape = z.object({
  at: z.iso.datetime(),
  kind: z.string(),
  from: z.string(),
  to: z.string(),
  by: z.string(),
  /** Of kind `account`: `from` and `to` are its names. */
  isRename: z.boolean(),
  /** Of an account that was given away out of the pool: why to this member. */
  assigned: AssignWhyShape.nullable(),
});
