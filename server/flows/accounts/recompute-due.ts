import type { Context } from '../../context.ts';
import { nextDue } from '../../domain/cadence.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'accounts' | 'settings' | 'site'>;

const BATCH = 500;

/**
 * Counts the next date of every account afresh, after the policy or the calendar changed; only those that moved are written.
 * Repeatable.
 *
 * @returns how many moved.
 */
export async function recomputeDue({ accounts, settings, site }: Needs): Promise<number> {
  const place = { timeZone: site.timeZone, ...(await settings.read()) };
  const batch: { accountId: string; fields: Partial<Account> }[] = [];
  let moved = 0;
  for await (const account of accounts.all()) {
    const { dueOn } = nextDue(account, place);
    if (dueOn === account.dueOn) continue;
    moved += 1;
    batch.push({ accountId: account._id, fields: { dueOn } });
    if (batch.length >= BATCH) await accounts.updateMany(batch.splice(0));
  }
  await accounts.updateMany(batch);
  return moved;
}
