import { announce } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { nextSecret } from '../state.ts';
import type { XmlField } from '../state.ts';
import { isReached, requireRelation } from './find-relation.ts';
import type { RelationKey } from './find-relation.ts';

/** What 获客助手 tells of. Source: wecom.md §2.6. */
export const ACQUISITION_CHANGES = [
  'balance_low',
  'balance_exhausted',
  'balance_increased',
  'quota_expire_soon',
  'link_unavailable',
  'delete_link',
  'open_profile',
  'friend_request',
  'customer_start_chat',
  'message_from_customer',
  'del_follow_user',
] as const;

/** An event of acquisition links; only the fields that are given are told. `expiresAt` in unix seconds. */
export type AcquisitionEvent = {
  changeType: (typeof ACQUISITION_CHANGES)[number];
  userid?: string | undefined;
  externalUserId?: string | undefined;
  linkId?: string | undefined;
  state?: string | undefined;
  chatKey?: string | undefined;
  expiresAt?: number | undefined;
  expiringUses?: number | undefined;
};

/** Something happens around an acquisition link or the uses that the corp has left; the platform's books stay as they are. */
export function tellAcquisition(platform: Platform, happening: AcquisitionEvent): void {
  const { changeType, userid, externalUserId, linkId, state, chatKey } = happening;
  const texts: [string, string | number | undefined][] = [
    ['UserID', userid],
    ['ExternalUserID', externalUserId],
    ['LinkId', linkId],
    ['State', state],
    ['ChatKey', chatKey],
    ['ExpireTime', happening.expiresAt],
    ['ExpireQuotaNum', happening.expiringUses],
  ];
  const fields = texts.flatMap(([name, value]): XmlField[] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  announce(platform, { queue: `link:${linkId ?? ''}`, event: 'customer_acquisition', changeType, fields });
  platform.save();
  platform.deliver();
}

/** There is something to fetch from WeChat customer service 微信客服; nobody is named as sender. Source: wecom.md §2.5. */
export function tellService(platform: Platform, { openKfId }: { openKfId: string }): { token: string } {
  const token = nextSecret(platform.state, 'kf token', 43);
  announce(platform, {
    queue: `kf:${openKfId}`,
    event: 'kf_msg_or_event',
    from: null,
    fields: [
      ['Token', token],
      ['OpenKfId', openKfId],
    ],
  });
  platform.save();
  platform.deliver();
  return { token };
}

/** The customer agrees that chats are archived; announced as msg_audit_approved. @throws {ActionError} 404 */
export function approveArchive(platform: Platform, key: RelationKey): void {
  const { userid, externalUserId } = requireRelation(platform, key);
  if (isReached(platform, userid)) {
    const fields: XmlField[] = [
      ['UserID', userid],
      ['ExternalUserID', externalUserId],
    ];
    const changeType = 'msg_audit_approved';
    announce(platform, {
      queue: externalUserId,
      event: 'change_external_contact',
      changeType,
      fields,
      mayWelcome: true,
    });
  }
  platform.save();
  platform.deliver();
}
