import { z } from 'zod';
import { CUSTOM_KINDS } from '../../domain/accounts/custom-field.ts';
import { MEMBERS, NOTHING } from './access.ts';

/** What an administrator defined beside the built-in fields; `choices` only of a choice. */
export const CustomFieldShape = z.object({
  key: z.string(),
  label: z.string(),
  kind: z.enum(CUSTOM_KINDS),
  choices: z.array(z.string()),
  isRequired: z.boolean(),
});

/** `GET /api/v1/custom-fields`: what forms ask for beside the built-in fields. */
export const GetCustomFields = {
  access: MEMBERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.unknown(),
  answer: z.object({ fields: z.array(CustomFieldShape) }),
};
export type CustomFieldsView = z.infer<typeof GetCustomFields.answer>;
