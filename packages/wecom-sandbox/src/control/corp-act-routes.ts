import { z } from 'zod';
import { ACQUISITION_CHANGES } from '../actions/tell-business.ts';
import type { Actions } from '../bind-actions.ts';
import { act } from './check-body.ts';
import type { ActRoutes } from './check-body.ts';

const text = z.string().optional();
const flag = z.boolean().optional();
const number = z.number().int().optional();
const ids = z.array(z.string());
const userid = z.string();

const staffFields = {
  userid,
  name: text,
  position: text,
  departments: z.array(z.number().int()).min(1).optional(),
  leads: z.array(z.number().int()).optional(),
  directLeaders: ids.optional(),
  status: z.union([z.literal(1), z.literal(2), z.literal(4)]).optional(),
};

/** What happens in the admin console: tags, members, departments, the app's range. */
function consoleRoutes(actions: Actions): ActRoutes {
  return {
    'create-tags': act(z.object({ groupId: text, groupName: text, names: ids.min(1) }), actions.createTags),
    'rename-tag': act(z.object({ id: z.string(), name: z.string() }), actions.renameTag),
    'delete-tag': act(z.object({ id: z.string() }), actions.deleteTag),
    'shuffle-tags': act(z.object({ groupId: text, ids }), actions.shuffleTags),
    'create-staff': act(
      z.object({ ...staffFields, isVisible: flag, hasCustomers: flag }),
      actions.createStaff,
    ),
    'update-staff': act(z.object({ ...staffFields, newUserid: text }), actions.updateStaff),
    'remove-staff': act(z.object({ userid }), actions.removeStaff),
    'create-department': act(
      z.object({ name: z.string(), parentId: z.number().int(), order: number }),
      actions.createDepartment,
    ),
    'update-department': act(
      z.object({ id: z.number().int(), name: text, parentId: number }),
      actions.updateDepartment,
    ),
    'delete-department': act(z.object({ id: z.number().int() }), actions.deleteDepartment),
    'set-visible': act(z.object({ userid, isVisible: z.boolean() }), actions.setVisible),
    'set-customer-function': act(
      z.object({ userid, hasCustomers: z.boolean() }),
      actions.setCustomerFunction,
    ),
  };
}

const acquisitionFields = z.object({
  changeType: z.enum(ACQUISITION_CHANGES),
  userid: text,
  externalUserId: text,
  linkId: text,
  state: text,
  chatKey: text,
  expiresAt: number,
  expiringUses: number,
});

/** What happens in the corp besides customers, by the last part of the path. */
export function corpActRoutes(actions: Actions): ActRoutes {
  return {
    ...consoleRoutes(actions),
    'enter-app': act(z.object({ userid }), actions.enterApp),
    'tap-menu': act(z.object({ userid, key: text, url: text }), actions.tapMenu),
    'write-to-app': act(z.object({ userid, text: z.string().min(1) }), actions.writeToApp),
    'tell-acquisition': act(acquisitionFields, actions.tellAcquisition),
    'tell-service': act(z.object({ openKfId: z.string() }), actions.tellService),
  };
}
