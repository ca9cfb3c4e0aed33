import { z } from 'zod';
import type { Actions } from '../bind-actions.ts';
import { act } from './check-body.ts';
import type { ActRoutes } from './check-body.ts';

const text = z.string().optional();
const ids = z.array(z.string());
const chat = { chatId: z.string() };
const transfer = z.object({ takeoverId: z.string(), externalUserId: z.string() });
/** An existing person, or a new one. */
const person = { externalUserId: text, name: text };
const moment = { userid: z.string(), momentId: z.string() };

/** What people do in groups. */
function groupRoutes(actions: Actions): ActRoutes {
  return {
    'create-group': act(
      z.object({ ownerId: z.string(), name: z.string(), memberIds: ids.optional() }),
      actions.createGroup,
    ),
    'dismiss-group': act(z.object(chat), actions.dismissGroup),
    'change-owner': act(z.object({ ...chat, ownerId: z.string() }), actions.changeOwner),
    'rename-group': act(z.object({ ...chat, name: z.string() }), actions.renameGroup),
    'change-notice': act(z.object({ ...chat, notice: z.string() }), actions.changeNotice),
    'add-members': act(
      z.object({
        ...chat,
        ids,
        scene: z.enum(['invited', 'link', 'scanned']).optional(),
        invitorId: text,
        configId: text,
      }),
      actions.addMembers,
    ),
    'remove-members': act(
      z.object({ ...chat, ids, isLeaving: z.boolean().optional() }),
      actions.removeMembers,
    ),
  };
}

/** What people do with codes, links, cards, transfers and moments. */
function entryRoutes(actions: Actions): ActRoutes {
  return {
    'scan-contact-way': act(z.object({ configId: z.string(), ...person }), actions.scanContactWay),
    'add-via-link': act(z.object({ linkId: z.string(), ...person, channel: text }), actions.addViaLink),
    'click-link': act(z.object({ linkId: z.string(), externalUserId: z.string() }), actions.clickLink),
    'buy-link-uses': act(
      z.object({ uses: z.number().int().min(1), days: z.number().int().min(1) }),
      actions.buyLinkUses,
    ),
    'delete-link': act(z.object({ linkId: z.string() }), actions.deleteLink),
    'press-card': act(
      z.object({
        userid: z.string(),
        msgid: text,
        taskId: text,
        key: z.string(),
        selected: z.record(z.string(), ids).optional(),
      }),
      actions.pressCard,
    ),
    'refuse-transfer': act(transfer, actions.refuseTransfer),
    'fail-transfer-full': act(transfer, actions.failTransferFull),
    'publish-moment': act(z.object(moment), actions.publishMoment),
    'publish-own-moment': act(z.object({ userid: z.string(), text: z.string() }), actions.publishOwnMoment),
    'react-to-moment': act(
      z.object({ ...moment, externalUserId: z.string(), kind: z.enum(['comment', 'like']) }),
      actions.reactToMoment,
    ),
    'send-own-mass-message': act(
      z.object({ userid: z.string(), externalUserIds: ids, text: z.string() }),
      actions.sendOwnMassMessage,
    ),
  };
}

/** What people do besides customers and chats, by the last part of the path. */
export function outreachActRoutes(actions: Actions): ActRoutes {
  return { ...groupRoutes(actions), ...entryRoutes(actions) };
}
