import { z } from 'zod';
import { matchKey } from '../../domain/match-key.ts';

/** The name of a customer company; something of it can be seen. */
export const companyName = z
  .string()
  .trim()
  .max(100)
  .refine((text) => matchKey(text) !== '', '请填写客户名称');
