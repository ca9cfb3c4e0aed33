import { dismissGroup } from '../../flows/groups/dismiss-group.ts';
import { recordGroup } from '../../flows/groups/record-group.ts';
import { Group, GroupChanged } from '../events/group.ts';
import { on, type Handler } from '../handler.ts';

/** Customer groups. Source: wecom.md §2.2. */
export const GROUP_HANDLERS: Readonly<Record<string, Handler>> = {
  'change_external_chat.create': on(Group, (context, { fields, happenedAt: at }) =>
    recordGroup(context, fields.chatId, { at, isNew: true, version: null }),
  ),
  'change_external_chat.update': on(GroupChanged, (context, { fields, happenedAt: at }) =>
    recordGroup(context, fields.chatId, { at, isNew: false, version: fields.version ?? null }),
  ),
  'change_external_chat.dismiss': on(Group, (context, { fields, happenedAt: at }) =>
    dismissGroup(context, fields.chatId, at),
  ),
};
