import { addCustomer } from './actions/add-customer.ts';
import { confirmMassMessage } from './actions/confirm-mass-message.ts';
import { deleteCustomer, deleteStaff, editRemark, editTags } from './actions/edit-relation.ts';
import { sendChat } from './actions/send-chat.ts';
import { bindCorpActions } from './bind-corp-actions.ts';
import { bindOutreachActions } from './bind-outreach-actions.ts';
import type { Platform } from './platform.ts';

/** What people do, bound to one platform; the control API and tests call the same functions. */
export function bindActions(platform: Platform) {
  const bind =
    <Wish, Result>(act: (platform: Platform, wish: Wish) => Result) =>
    (wish: Wish): Result =>
      act(platform, wish);
  return {
    ...bindOutreachActions(platform),
    ...bindCorpActions(platform),
    addCustomer: bind(addCustomer),
    editRemark: bind(editRemark),
    editTags: bind(editTags),
    deleteCustomer: bind(deleteCustomer),
    deleteStaff: bind(deleteStaff),
    confirmMassMessage: bind(confirmMassMessage),
    sendChat: bind(sendChat),
  };
}

/** Each takes one wish and throws ActionError when it cannot be. */
export type Actions = ReturnType<typeof bindActions>;
