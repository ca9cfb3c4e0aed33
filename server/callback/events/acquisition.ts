import { z } from 'zod';
import { instant, whole, word } from './fields.ts';

const Quota = z.looseObject({});
export const QuotaExpires = z.looseObject({ expiresAt: instant, expiringUses: whole });
export const Link = z.looseObject({ linkId: word });
const LinkVisit = Link.extend({ state: word.optional() });
const LinkChat = LinkVisit.extend({ chatKey: word.optional() });

/** Which of these fields WeCom sends is not confirmed. */
const LinkContact = z.looseObject({
  staffId: word.optional(),
  externalUserId: word.optional(),
  linkId: word.optional(),
  state: word.optional(),
});

/** Customer acquisition links 获客助手. Source: wecom.md §2.6. */
export const ACQUISITION_SHAPES = {
  'customer_acquisition.balance_low': Quota,
  'customer_acquisition.balance_exhausted': Quota,
  'customer_acquisition.balance_increased': Quota,
  'customer_acquisition.quota_expire_soon': QuotaExpires,
  'customer_acquisition.link_unavailable': Link,
  'customer_acquisition.delete_link': Link,
  'customer_acquisition.open_profile': LinkVisit,
  'customer_acquisition.friend_request': LinkVisit,
  'customer_acquisition.customer_start_chat': LinkContact,
  'customer_acquisition.message_from_customer': LinkChat,
  'customer_acquisition.del_follow_user': LinkContact,
};
