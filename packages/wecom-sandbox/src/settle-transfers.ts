import { isReached } from './actions/find-relation.ts';
import type { SandboxRelation } from './corp.ts';
import { announce, unixNow } from './platform.ts';
import type { Platform } from './platform.ts';
import { sayInChat } from './send-chat.ts';
import type { Transfer } from './slices/transfers.ts';

/** `add_way` of a customer whom the corp handed over. Source: wecom.md §3.3. */
const ASSIGNED = 202;

/** Completes what waited for 24 hours, the one thing that the API did and callbacks tell. @returns whether anything was due */
export function settleTransfers(platform: Platform): boolean {
  const now = unixNow(platform);
  const due = platform.state.transfers.filter(({ status, takeoverAt }) => status === 2 && takeoverAt <= now);
  for (const transfer of due) settle(platform, transfer);
  return due.length > 0;
}

function settle(platform: Platform, transfer: Transfer): void {
  const { book } = platform;
  const { handoverId, takeoverId, externalUserId } = transfer;
  const relation = book.relation(handoverId, externalUserId);
  // Somebody who deleted the member meanwhile does not follow to the next one.
  if (!relation || relation.deletedByCustomer) return failTransfer(platform, transfer, 'customer_refused');
  const owned = book.relationsOf(takeoverId);
  const isFull = owned.length >= platform.rules.customersPerMember;
  if (isFull) return failTransfer(platform, transfer, 'customer_limit_exceed');
  book.removeRelation(relation);
  if (!book.relation(takeoverId, externalUserId)) book.addRelation(takenOver(platform, transfer, relation));
  transfer.status = 1;
  const text = transfer.message || '您好，您的服务已升级，后续将由我为您服务。';
  if (transfer.kind === 'on_job')
    sayInChat(platform, { from: `staff:${takeoverId}`, to: `customer:${externalUserId}`, text });
  tellHandover(platform, transfer);
}

/** The taker inherits what was noted and tagged. */
function takenOver(platform: Platform, transfer: Transfer, relation: SandboxRelation): SandboxRelation {
  const { takeoverId, takeoverAt } = transfer;
  const userid = platform.book.staff(takeoverId)?.userid ?? takeoverId;
  const met = { createdAt: takeoverAt, addWay: ASSIGNED, state: '', operUserId: userid, talkedAt: 0 };
  return { ...relation, tagIds: [...relation.tagIds], userid, ...met };
}

/** An inheritance from somebody who left is not announced; whom would it tell? Source: wecom.md §2.0. */
function tellHandover(platform: Platform, { kind, handoverId, takeoverId, externalUserId }: Transfer): void {
  if (kind === 'resigned') return;
  const tell = (userid: string, changeType: string, more: [string, string][]) => {
    if (!isReached(platform, userid)) return;
    const fields: [string, string][] = [['UserID', userid], ['ExternalUserID', externalUserId], ...more];
    announce(platform, { queue: externalUserId, event: 'change_external_contact', changeType, fields });
  };
  tell(handoverId, 'del_external_contact', [['Source', 'DELETE_BY_TRANSFER']]);
  tell(takeoverId, 'add_external_contact', []);
}

/** Why a transfer came to nothing, as the event says it. */
export type FailReason = 'customer_refused' | 'customer_limit_exceed';

/** Ends a transfer that came to nothing; announced as transfer_fail. */
export function failTransfer(platform: Platform, transfer: Transfer, reason: FailReason): void {
  transfer.status = reason === 'customer_refused' ? 3 : 4;
  transfer.takeoverAt = 0;
  const { takeoverId, externalUserId } = transfer;
  if (!isReached(platform, takeoverId)) return;
  announce(platform, {
    queue: externalUserId,
    event: 'change_external_contact',
    changeType: 'transfer_fail',
    fields: [
      ['FailReason', reason],
      ['UserID', takeoverId],
      ['ExternalUserID', externalUserId],
    ],
  });
}
