import type { Connection, QueryFilter } from 'mongoose';
import type { Day } from '../domain/calendar.ts';
import type { Brought } from '../domain/channels/channel.ts';
import { living, type Account } from './account-model.ts';

/** Which accounts: those known since then, of these owners only when named. */
export type ChannelSpec = { since: Date; ownerIds: readonly string[] | null };

type Came = Pick<Account, '_id' | 'source'>;
type Counted = { _id: string } & Partial<Brought>;

/** What channels brought, read from accounts, contacts and orders; it writes nothing. */
export function createChannelStore(db: Connection) {
  return {
    /** The accounts with the way by which they came, one after the other. */
    came({ since, ownerIds }: ChannelSpec): AsyncIterable<Came> {
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
        .cursor({ batchSize: 500 });
    },
    /** What these accounts brought up to `today`, by account; what is missing is nothing. */
    async broughtBy(accountIds: readonly string[], today: Day): Promise<Map<string, Partial<Brought>>> {
      const accountId = { $in: [...accountIds] };
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
      const found = new Map<string, Partial<Brought>>();
      for (const { _id, ...counts } of [...contacts, ...orders])
        found.set(_id, { ...found.get(_id), ...counts });
      return found;
    },
  };
}

const refunded = { $ifNull: ['$refundedFen', 0] };
/** An order that was paid back whole is none. */
const STILL_PAID = { $sum: { $cond: [{ $lt: [refunded, '$amountFen'] }, 1, 0] } };
const KEPT = { $sum: { $subtract: ['$amountFen', refunded] } };
