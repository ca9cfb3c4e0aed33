import { z } from 'zod';
import { cell, rowsOf, rowsRoute, yuan } from './rows.ts';

const long = z.string().max(2000).optional();
const text = cell.optional();
const methods = z.array(z.string().max(100)).max(20).optional();

/** What a machine knows of a contact; what is left out stays as it is. Choices in Chinese or as our own values. */
const row = z.strictObject({
  externalUserId: z.string().max(64),
  department: text,
  title: text,
  level: text,
  /** The externalUserId, or a name that only one contact of the account has. */
  superior: text,
  isTop: z.boolean().optional(),
  scope: text,
  authority: text,
  budget: text,
  budgetUpToYuan: yuan.optional(),
  mobile: methods,
  wechat: methods,
  email: methods,
  other: methods,
  closeness: text,
  decisionRole: text,
  guideLevel: z.number().optional(),
  style: long,
  birthday: text,
  notes: long,
});
export type KdmRowDraft = z.infer<typeof row>;

/** `POST /api/v1/contacts/kdm`: repeatable; contacts are those that WeCom told us about. */
export const PostKdmRows = rowsRoute('accounts:write', z.object({ contacts: rowsOf(row) }));
