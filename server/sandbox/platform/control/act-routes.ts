import { z } from 'zod';
import { ActionError } from '../action-error.ts';
import type { Actions } from '../bind-actions.ts';

/** The two ends of a relation. */
const key = { userid: z.string(), externalUserId: z.string() };
const text = z.string().optional();
/** A link card of sendChatMessage. */
const link = z.object({
  title: z.string().default(''),
  desc: z.string().default(''),
  url: z.string(),
  picurl: z.string().default(''),
});

/** Checks the body before the action sees it. */
const act =
  <Wish>(shape: z.ZodType<Wish>, run: (wish: Wish) => unknown) =>
  (body: unknown) =>
    run(check(shape, body));

/** What people do, by the last part of the path. @throws {ActionError} 400 `invalid_body`, and what the actions throw. */
export function actRoutes(actions: Actions): Record<string, (body: unknown) => unknown> {
  const addFields = z.object({
    userid: z.string(),
    externalUserId: text,
    name: text,
    corpName: text,
    state: text,
    viaHalf: z.boolean().optional(),
    remark: text,
    remarkCorpName: text,
    addWay: z.number().optional(),
  });
  const editFields = z.object({ ...key, remark: text, remarkCorpName: text, description: text });
  const chatFields = z.object({
    from: z.string(),
    to: z.string(),
    text: z.string().default(''),
    links: z.array(link).optional(),
  });
  return {
    'add-customer': act(addFields, actions.addCustomer),
    'edit-remark': act(editFields, actions.editRemark),
    'delete-customer': act(z.object(key), actions.deleteCustomer),
    'delete-staff': act(z.object(key), actions.deleteStaff),
    'confirm-mass-message': act(
      z.object({ userid: z.string(), msgid: z.string() }),
      actions.confirmMassMessage,
    ),
    'send-chat': act(chatFields, actions.sendChat),
  };
}

/** @throws {ActionError} 400 `invalid_body` */
export function check<Fields>(shape: z.ZodType<Fields>, body: unknown): Fields {
  const result = shape.safeParse(body);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.join('.') ?? '';
  throw new ActionError(400, 'invalid_body', `参数有误：${field}`);
}
