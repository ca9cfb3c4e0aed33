import { ActionError } from '../action-error.ts';
import type { Platform } from '../platform.ts';
import { failTransfer } from '../settle-transfers.ts';
import type { Transfer } from '../slices/transfers.ts';
import { staffNamed } from './find-relation.ts';

/** A waiting transfer, by its taker and customer. */
export type TransferKey = { takeoverId: string; externalUserId: string };

/** @throws {ActionError} 404 `unknown_transfer` */
function waitingTransfer(platform: Platform, { takeoverId, externalUserId }: TransferKey): Transfer {
  const { userid } = staffNamed(platform, takeoverId);
  const transfer = platform.state.transfers.find(
    (row) => row.status === 2 && row.takeoverId === userid && row.externalUserId === externalUserId,
  );
  if (!transfer) throw new ActionError(404, 'unknown_transfer', '没有等待中的继承');
  return transfer;
}

/** The customer refuses to be handed over; announced as transfer_fail. @throws {ActionError} 404 */
export function refuseTransfer(platform: Platform, key: TransferKey): void {
  failTransfer(platform, waitingTransfer(platform, key), 'customer_refused');
  platform.save();
  platform.deliver();
}

/** The taker turns out to have as many customers as he may; announced as transfer_fail. @throws {ActionError} 404 */
export function failTransferFull(platform: Platform, key: TransferKey): void {
  failTransfer(platform, waitingTransfer(platform, key), 'customer_limit_exceed');
  platform.save();
  platform.deliver();
}
