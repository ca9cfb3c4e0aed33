import type { Connection, QueryFilter } from 'mongoose';
import type { Day } from '../domain/calendar.ts';
import type { Brought } from '../domain/channel.ts';
import { living, type Account } from './account-model.ts';

/** Which accounts: those known since then, of these owners only when named. */
export type ChannelWish = { since: Date; ownerIds: readonly string[] | null };

type Came = Pick<Account, '_id' | 'source'>;
type Counted = { _id: string } & Partial<Brought>;

const AT_ONCE = 500;
const NOTHING: Brought = { contacts: 0, orders: 0, revenueFen: 0 };

export type ChannelStore = ReturnType<typeof createChannelStore>;

/** What channels brought, read from accounts, contacts and orders; it writes nothing. */
export function createChannelStore(db: Connection) {
  return {
    /** Every account with what it brought up to `today`, in batches of some hundred. */
    async *brought(wish: ChannelWish, today: Day): AsyncGenerator<{ source: Account['source'] } & Brought> {
      const batch: Came[] = [];
      for await (const account of accountsOf(db, wish)) {
        batch.push(account);
        if (batch.length >= AT_ONCE) yield* await countBatch(db, batch.splice(0), today);
      }
      yield* await countBatch(db, batch, today);
    },
  };
}

function accountsOf(db: Connection, { since, ownerIds }: ChannelWish): AsyncIterable<Came> {
  const wanted: QueryFilter<Account> = {
    ...living,
    knownSince: { $gte: since },
    ...(ownerIds ? { ownerId: { $in: [...ownerIds] } } : {}),
  };
  return db
    .model<Account>('Account')
    .find(wanted, { source: 1 })
    .sort({ _id: 1 })
    .lean<Came>()
    .cursor({ batchSize: AT_ONCE });
}

async function countBatch(db: Connection, batch: readonly Came[], today: Day) {
  if (batch.length === 0) return [];
  const accountId = { $in: batch.map(({ _id }) => _id) };
  const [contacts, orders] = await Promise.all([
    db
      .model('Contact')
      .aggregate<Counted>([
        { $match: { accountId } },
        { $group: { _id: '$accountId', contacts: { $sum: 1 } } },
      ]),
    db
      .model('Order')
      .aggregate<Counted>([
        { $match: { accountId, paidOn: { $lte: today } } },
        { $group: { _id: '$accountId', orders: STILL_PAID, revenueFen: KEPT } },
      ]),
  ]);
  const found = new Map<string, Brought>();
  for (const { _id, ...counts } of [...contacts, ...orders])
    found.set(_id, { ...NOTHING, ...found.get(_id), ...counts });
  return batch.map(({ _id, source }) => ({ source, ...(found.get(_id) ?? NOTHING) }));
}

const refunded = { $ifNull: ['$refundedFen', 0] };
/** An order that was paid back whole is none. */
const STILL_PAID = { $sum: { $cond: [{ $lt: [refunded, '$amountFen'] }, 1, 0] } };
const KEPT = { $sum: { $subtract: ['$amountFen', refunded] } };
