import type { Context } from '../../context.ts';
import { mayConcern, transferNotice } from '../../domain/staff/transfer.ts';

/** What the event `transfer_fail` tells. */
export type FailedTransfer = {
  takeoverId: string;
  externalUserId: string;
  outcome: 'refused' | 'full';
  at: Date;
};

/** Keeps that a transfer came to nothing, and tells administrators. Repeatable; an event that came late settles nothing newer. */
export async function settleTransfer(
  { transfers, notices }: Pick<Context, 'transfers' | 'notices'>,
  { takeoverId, externalUserId, outcome, at }: FailedTransfer,
): Promise<void> {
  const open = await transfers.openTo(takeoverId, externalUserId);
  for (const transfer of open.filter((each) => mayConcern(each, at))) {
    await notices.raise(transferNotice(transfer, outcome), at);
    await transfers.settle(transfer._id, { state: outcome, settledAt: at });
  }
}
