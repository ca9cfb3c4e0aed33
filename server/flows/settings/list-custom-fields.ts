import type { Context } from '../../context.ts';

/** What an administrator defined beside the built-in fields of an account, in the order shown. */
export async function listCustomFields({ settings }: Pick<Context, 'settings'>) {
  const { customFields } = await settings.read();
  return { fields: customFields.map((field) => ({ ...field, choices: [...field.choices] })) };
}
