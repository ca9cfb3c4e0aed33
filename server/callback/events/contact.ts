import { z } from 'zod';
import { word } from './fields.ts';

/** A member and a contact. */
export const Relation = z.looseObject({ staffId: word, externalUserId: word });

/** `state` names the channel they came by; `welcomeCode` is good for 20 s, once. */
export const Added = Relation.extend({ state: word.optional(), welcomeCode: word.optional() });

/** The member deleted the contact, or WeCom did so after a transfer. */
export const Deleted = Relation.extend({ source: word.optional() });

/** `staffId` is the one who should have taken over; that it failed is worth knowing without the reason too. */
export const TransferFailed = Relation.extend({ failReason: word.optional() });

const EVENT = 'change_external_contact';

/** Customers come, change, go. Source: wecom.md §2.1. */
export const CONTACT_SHAPES = {
  [`${EVENT}.add_external_contact`]: Added,
  [`${EVENT}.add_half_external_contact`]: Added,
  [`${EVENT}.edit_external_contact`]: Added,
  [`${EVENT}.del_external_contact`]: Deleted,
  [`${EVENT}.del_follow_user`]: Added,
  [`${EVENT}.transfer_fail`]: TransferFailed,
  [`${EVENT}.msg_audit_approved`]: Added,
};
