import { z } from 'zod';
import { whole, word, words } from './fields.ts';

/** A customer group. */
export const Group = z.looseObject({ chatId: word });

/**
 * What changed: add_member, del_member, change_owner, change_name, change_notice, or something new. Only the first two name
 * members (userids and external userids mixed) and tell the version of the member list before and after.
 */
export const GroupChanged = Group.extend({
  detail: word,
  joinScene: whole.optional(),
  quitScene: whole.optional(),
  memberCount: whole.optional(),
  memberIds: words.optional(),
  lastVersion: word.optional(),
  version: word.optional(),
});

/** Customer groups. Source: wecom.md §2.2. */
export const GROUP_SHAPES = {
  'change_external_chat.create': Group,
  'change_external_chat.update': GroupChanged,
  'change_external_chat.dismiss': Group,
};
