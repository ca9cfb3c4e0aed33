import type { Context } from '../../context.ts';
import { ownerChange } from '../../domain/staff/handover.ts';
import { isOwnerNow, stateAfter, transferNotice, type TransferNews } from '../../domain/staff/transfer.ts';
import type { Transfer, TransferPair } from '../../store/transfers.ts';

type Needs = Pick<Context, 'transfers' | 'relations' | 'pool' | 'history' | 'notices' | 'wecom' | 'now'>;

/**
 * Asks WeCom what became of every open transfer between two members, and keeps it: what is done moves the relation and the
 * account, a refusal is told to administrators, and what WeCom never heard of may be asked for again. What it told in a way
 * that nobody could read stays as it is. Repeatable.
 *
 * @returns how many transfers changed.
 */
export async function collectTransfers(context: Needs, pair: TransferPair): Promise<number> {
  const open = await context.transfers.openOf(pair);
  const { news, unread } = await readNews(context, pair);
  const isUnsure = (id: string) => unread.has(id) || (unread.has(null) && !news.has(id));
  let changed = 0;
  for (const transfer of open.filter(({ externalUserId }) => !isUnsure(externalUserId)))
    changed += Number(await keepNews(context, transfer, news.get(transfer.externalUserId) ?? null));
  return changed;
}

/** The last word on each contact; one that waits counts more than what was before. */
async function readNews({ wecom }: Needs, pair: TransferPair): Promise<News> {
  const news = new Map<string, TransferNews>();
  const unread = new Set<string | null>();
  const onStrays = (ids: (string | null)[]) => ids.forEach((id) => unread.add(id));
  for await (const rows of wecom.transfers.results({ ...pair, onStrays })) {
    for (const { externalUserId, ...row } of rows)
      if (news.get(externalUserId)?.outcome !== 'waiting') news.set(externalUserId, row);
  }
  return { news, unread };
}

/** `unread`: whose word could not be read; null in it: somebody's. */
type News = { news: Map<string, TransferNews>; unread: ReadonlySet<string | null> };

async function keepNews(context: Needs, transfer: Transfer, news: TransferNews | null): Promise<boolean> {
  const { transfers, now } = context;
  const takeoverAt = news?.takeoverAt ?? null;
  const state = stateAfter(transfer, news, now());
  if (!state) {
    if (!transfer.takeoverAt) await transfers.settle(transfer._id, { takeoverAt });
    return false;
  }
  await followUp(context, { ...transfer, state, takeoverAt });
  const settledAt = state === 'waiting' ? null : now();
  await transfers.settle(transfer._id, { state, takeoverAt, settledAt });
  return true;
}

/** What the new state of a transfer brings; before it is kept, so that a second try brings it again. */
async function followUp(context: Needs, transfer: Transfer): Promise<void> {
  const { relations, notices, now } = context;
  const { kind, state, takeoverAt } = transfer;
  if (isOwnerNow(kind, state)) await assign(context, transfer);
  if (state === 'done') await relations.handOver(keyOf(transfer), takeoverAt ?? now());
  if (state === 'refused' || state === 'full') await notices.raise(transferNotice(transfer, state), now());
}

const keyOf = ({ handoverId: staffId, externalUserId }: Transfer) => ({ staffId, externalUserId });

/** Gives the taker the account, unless it has gone elsewhere meanwhile. */
async function assign({ pool, history, now }: Needs, transfer: Transfer): Promise<void> {
  const { handoverId: fromId, takeoverId: toId, accountId } = transfer;
  if (!accountId) return;
  const held = (await pool.heldBy(fromId, { accountIds: [accountId] })).map(({ _id }) => _id);
  await history.appendOnce(held.map((id) => ownerChange(transfer, id, now())));
  await pool.assign(held, { fromId, toId });
}
