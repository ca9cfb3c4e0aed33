import type { Context } from '../../context.ts';
import type { TransferKind } from '../../domain/staff/transfer.ts';

/** What a leader agreed to and nobody has carried out yet, as `startTransfer` takes it. */
export type AcceptedSuccessor = {
  kind: TransferKind;
  handoverId: string;
  takeoverId: string;
  heirId: string;
  accountIds: null;
  askedBy: string;
};

/** Every leaver and active heir whom a leader agreed to. Who is only disabled hands over as a colleague: WeCom has them still. */
export async function listAcceptedSuccessors({
  pool,
  staff,
}: Pick<Context, 'pool' | 'staff'>): Promise<AcceptedSuccessor[]> {
  const pairs = await pool.pairs({ isAccepted: true });
  if (pairs.length === 0) return [];
  const members = new Map((await staff.all()).map((member) => [member._id, member]));
  const active = pairs.filter(({ heirId }) => members.get(heirId)?.isActive);
  return active.map(({ formerOwnerId: handoverId, heirId, acceptedBy }) => {
    const hasLeft = ['left', 'hidden'].includes(members.get(handoverId)?.standing ?? 'left');
    const kind = hasLeft ? 'resigned' : 'on_job';
    return { kind, handoverId, takeoverId: heirId, heirId, accountIds: null, askedBy: acceptedBy ?? '' };
  });
}
