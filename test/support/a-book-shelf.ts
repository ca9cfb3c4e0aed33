import type { Context } from '../../server/context.ts';
import type { Contract } from '../../server/domain/deals/contract.ts';
import { blank, type Account } from '../../server/store/account-model.ts';
import type { RefundedOrder } from '../../server/store/orders.ts';
import { aShelf } from './a-shelf.ts';

/** Wednesday 11 March 2026, at night. */
const NIGHT = new Date('2026-03-11T03:30:00+08:00');

/** Shelves with accounts that belong to anna, without WeCom; `writes` counts the accounts that were written, `setNow` moves the clock. */
export async function aBookShelf(accounts: Record<string, Partial<Account>>) {
  const { connection, ...shelf } = await aShelf();
  const clock = { now: NIGHT };
  const writes = { accounts: 0 };
  const context = {
    ...shelf,
    now: () => clock.now,
    site: { timeZone: 'Asia/Shanghai' },
  } as unknown as Context;
  const kept = Object.entries(accounts).map(([_id, given]) => ({
    ...blank(),
    _id,
    name: `公司${_id}`,
    nameKey: _id,
    ownerId: 'anna',
    knownSince: new Date('2020-01-01T00:00:00Z'),
    ...given,
  }));
  await connection.collection<Account>('accounts').insertMany(kept);
  connection.set('debug', (collection: string, method: string, documents: unknown) => {
    if (collection === 'accounts' && method === 'bulkWrite')
      writes.accounts += (documents as unknown[]).length;
  });
  return {
    context,
    writes,
    setNow: (at: string) => void (clock.now = new Date(at)),
    accountOf: async (id: string): Promise<Account> => {
      const account = await context.accounts.find(id);
      if (!account) throw new Error(`no account ${id}`);
      return account;
    },
    /** Keeps paid orders: `[account, yuan, paidOn]`, each with more if need be. */
    sell: (...orders: [string, number, string, Partial<RefundedOrder>?][]) =>
      context.orders.saveAll(
        orders.map(([accountId, yuan, paidOn, more = {}], index) => ({
          _id: `${accountId}-${paidOn}-${index}`,
          accountId,
          product: 'P',
          amountFen: yuan * 100,
          costFen: 0,
          paidOn,
          kind: 'sale' as const,
          ...more,
        })),
      ),
    sign: (accountId: string, given: Partial<Contract>) =>
      context.contracts.saveAll([
        {
          _id: `c-${accountId}`,
          accountId,
          name: '合同',
          kind: 'sale',
          amountFen: 100,
          costFen: 0,
          signedOn: '2025-01-01',
          endsOn: null,
          milestones: [],
          ...given,
        },
      ]),
  };
}
