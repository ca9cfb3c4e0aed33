import { z } from 'zod';
import type { Actions } from '../bind-actions.ts';
import { act } from './check-body.ts';
import type { ActRoutes } from './check-body.ts';
import { corpActRoutes } from './corp-act-routes.ts';
import { outreachActRoutes } from './outreach-act-routes.ts';

/** The two ends of a relation. */
const key = { userid: z.string(), externalUserId: z.string() };
const text = z.string().optional();
const ids = z.array(z.string());
/** A link card of sendChatMessage. */
const link = z.object({
  title: z.string().default(''),
  desc: z.string().default(''),
  url: z.string(),
  picurl: z.string().default(''),
});

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
const editFields = z.object({
  ...key,
  remark: text,
  remarkCorpName: text,
  description: text,
  remarkMobiles: ids.optional(),
});
const chatFields = z.object({
  from: z.string(),
  to: z.string(),
  text: z.string().default(''),
  links: z.array(link).optional(),
});

/** What people do, by the last part of the path. @throws {ActionError} 400 `invalid_body`, and what the actions throw. */
export function actRoutes(actions: Actions): ActRoutes {
  return {
    'add-customer': act(addFields, actions.addCustomer),
    'edit-remark': act(editFields, actions.editRemark),
    'edit-tags': act(
      z.object({ ...key, addTagIds: ids.default([]), removeTagIds: ids.default([]) }),
      actions.editTags,
    ),
    'delete-customer': act(z.object(key), actions.deleteCustomer),
    'delete-staff': act(z.object(key), actions.deleteStaff),
    'approve-archive': act(z.object(key), actions.approveArchive),
    'confirm-mass-message': act(
      z.object({ userid: z.string(), msgid: z.string(), recipients: ids.optional() }),
      actions.confirmMassMessage,
    ),
    'send-chat': act(chatFields, actions.sendChat),
    ...corpActRoutes(actions),
    ...outreachActRoutes(actions),
  };
}
