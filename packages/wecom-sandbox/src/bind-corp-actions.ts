import { createDepartment, deleteDepartment, updateDepartment } from './actions/edit-departments.ts';
import { createStaff, removeStaff, updateStaff } from './actions/edit-staff.ts';
import { createTags, deleteTag, renameTag, shuffleTags } from './actions/edit-tags.ts';
import { approveArchive, tellAcquisition, tellService } from './actions/tell-business.ts';
import { enterApp, setCustomerFunction, setVisible, tapMenu, writeToApp } from './actions/use-app.ts';
import type { Platform } from './platform.ts';

/** What people do in the admin console and with the app, bound to one platform. */
export function bindCorpActions(platform: Platform) {
  const bind =
    <Wish, Result>(act: (platform: Platform, wish: Wish) => Result) =>
    (wish: Wish): Result =>
      act(platform, wish);
  return {
    createTags: bind(createTags),
    renameTag: bind(renameTag),
    deleteTag: bind(deleteTag),
    shuffleTags: bind(shuffleTags),
    createStaff: bind(createStaff),
    updateStaff: bind(updateStaff),
    removeStaff: bind(removeStaff),
    createDepartment: bind(createDepartment),
    updateDepartment: bind(updateDepartment),
    deleteDepartment: bind(deleteDepartment),
    setVisible: bind(setVisible),
    setCustomerFunction: bind(setCustomerFunction),
    enterApp: bind(enterApp),
    tapMenu: bind(tapMenu),
    writeToApp: bind(writeToApp),
    approveArchive: bind(approveArchive),
    tellAcquisition: bind(tellAcquisition),
    tellService: bind(tellService),
  };
}
