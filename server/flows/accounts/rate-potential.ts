import type { Context } from '../../context.ts';
import { versionOf } from '../../domain/accounts/account-edits.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'accounts' | 'audit' | 'now'>;
/** `score` 0–100, `sharePercent` our largest share in a category; null: not known. */
type Rating = { score: number | null; sharePercent: number | null; reason: string; by: string };

/** Keeps what staff know of an account's potential, and of our share of what it spends. @returns `false` when somebody else changed it since it was opened. */
export async function ratePotential(
  { accounts, audit, now }: Needs,
  account: Account,
  { score, sharePercent, reason, by }: Rating,
): Promise<boolean> {
  const version = versionOf(account);
  const fields = { potentialScore: score, sharePercent };
  if ((await accounts.edit(account._id, { version, fields, by, at: now() })) !== 'done') return false;
  const from = { score: account.potentialScore, sharePercent: account.sharePercent };
  const to = { score, sharePercent, reason };
  const about = { by, at: now(), act: 'account.rate_potential', subject: `account:${account._id}` };
  await audit.note([{ ...about, from, to }]);
  return true;
}
