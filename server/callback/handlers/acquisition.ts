import { raiseNotice } from '../../flows/notices/raise-notice.ts';
import { resolveNotice } from '../../flows/notices/resolve-notice.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { Relation } from '../events/contact.ts';
import { Link, QuotaExpires } from '../events/acquisition.ts';
import { on, type Handler } from '../handler.ts';
import { CONTACT_HANDLERS } from './contact.ts';

/** Kinds of notices; low and exhausted are one matter. */
const BALANCE = { kind: 'acquisition-balance', subject: '' };
const QUOTA = { kind: 'acquisition-quota', subject: '' };
const LINK = 'acquisition-link';

const balance =
  (text: string): Handler =>
  (context, { happenedAt }) =>
    raiseNotice(context, { ...BALANCE, text }, happenedAt);

const link = (text: string) =>
  on(Link, (context, { fields, happenedAt }) =>
    raiseNotice(context, { kind: LINK, subject: fields.linkId, text }, happenedAt),
  );

/** What also happened to the relation, where the event says whose; the event of the relation itself may have been lost. */
const asContact =
  (kind: string): Handler =>
  async (context, event) => {
    if (Relation.safeParse(event.fields).success) await CONTACT_HANDLERS[kind]?.(context, event);
  };

/**
 * Customer acquisition links 获客助手, as far as somebody must act. Visits and single messages (`open_profile`,
 * `friend_request`, `message_from_customer`) name no customer. Source: wecom.md §2.6.
 */
export const ACQUISITION_HANDLERS: Readonly<Record<string, Handler>> = {
  'customer_acquisition.balance_low': balance('获客助手剩余使用量不足 20 次，请在管理后台购买'),
  'customer_acquisition.balance_exhausted': balance(
    '获客助手使用量已用完，获客链接暂时不能添加客户，请在管理后台购买',
  ),
  'customer_acquisition.balance_increased': (context, { happenedAt }) =>
    resolveNotice(context, BALANCE, happenedAt),
  'customer_acquisition.quota_expire_soon': on(QuotaExpires, (context, { fields, happenedAt }) => {
    const day = calendarDay(fields.expiresAt, context.site.timeZone);
    const text = `获客助手有 ${fields.expiringUses} 次使用量将于 ${day} 过期，请尽快使用`;
    return raiseNotice(context, { ...QUOTA, text }, happenedAt);
  }),
  'customer_acquisition.link_unavailable': link('获客链接异常，不能再添加客户，请在管理后台查看并更换'),
  'customer_acquisition.customer_start_chat': asContact('change_external_contact.edit_external_contact'),
  'customer_acquisition.del_follow_user': asContact('change_external_contact.del_follow_user'),
  'customer_acquisition.delete_link': link('获客链接已被删除，请撤下仍在使用它的物料'),
};
