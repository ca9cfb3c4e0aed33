import type { SandboxRelation } from '@genjin/wecom-sandbox';
import type { BookContact } from './book.ts';

const HOUR_SECONDS = 3600;

/** Who follows a contact, as WeCom keeps it; a second follower came an hour after the first. */
export function followsOf(contact: BookContact): SandboxRelation[] {
  const { externalUserId, remark, remarkCorpName, addWay, state } = contact;
  const metAt = Math.floor(contact.createdAt.getTime() / 1000);
  return contact.staffIds.map((userid, position) => ({
    userid,
    externalUserId,
    remark,
    description: '',
    remarkCorpName,
    remarkMobiles: [],
    // 201: shared by a colleague.
    addWay: position === 0 ? addWay : 201,
    state: position === 0 ? state : '',
    createdAt: metAt + position * HOUR_SECONDS,
    operUserId: addWay === 1 || addWay === 16 ? externalUserId : userid,
    tagIds: [],
    talkedAt: 0,
    deletedByCustomer: false,
  }));
}
