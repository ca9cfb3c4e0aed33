import { z } from 'zod';
import { flags, whole, wholes, word, words } from './fields.ts';

/**
 * What changed of a member. Whatever else WeCom tells (phones, mail, addresses, pictures, attributes) belongs to that person
 * and is not kept.
 */
export const Member = z.object({
  staffId: word,
  newStaffId: word.optional(), // the id itself was changed
  name: word.optional(),
  alias: word.optional(),
  position: word.optional(),
  departmentIds: wholes.optional(),
  mainDepartmentId: whole.optional(),
  leads: flags.optional(), // one for each of departmentIds
  directLeaderIds: words.optional(),
  status: whole.optional(),
});

const MemberGone = z.object({ staffId: word });
const Department = z.looseObject({
  id: whole,
  name: word.optional(),
  parentId: whole.optional(),
  order: whole.optional(),
});
const Tagged = z.looseObject({
  tagId: word,
  addedStaffIds: words.optional(),
  removedStaffIds: words.optional(),
  addedDepartmentIds: wholes.optional(),
  removedDepartmentIds: wholes.optional(),
});

/** Members, departments and their tags. Source: wecom.md §2.4. */
export const ADDRESS_BOOK_SHAPES = {
  'change_contact.create_user': Member,
  'change_contact.update_user': Member,
  'change_contact.delete_user': MemberGone,
  'change_contact.create_party': Department,
  'change_contact.update_party': Department,
  'change_contact.delete_party': Department,
  'change_contact.update_tag': Tagged,
};
