import type { Context } from '../../context.ts';
import { versionOf } from '../../domain/accounts/account-edits.ts';
import { OVERRIDE_FIELDS, type OverrideKind } from '../../domain/classification/override.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'accounts' | 'audit' | 'now'>;

/** Takes back what was set by hand, so that what is computed holds again. Repeatable. @returns `false` when somebody else changed the account since it was opened. */
export async function clearOverride(
  { accounts, audit, now }: Needs,
  account: Account,
  { kind, reason, by }: { kind: OverrideKind; reason: string; by: string },
): Promise<boolean> {
  const field = OVERRIDE_FIELDS[kind];
  const before = account[field];
  if (!before) return true;
  const version = versionOf(account);
  const fields = { [field]: null };
  if ((await accounts.edit(account._id, { version, fields, by, at: now() })) !== 'done') return false;
  const subject = `account:${account._id}`;
  await audit.note([{ by, at: now(), act: `account.clear_${kind}`, subject, from: before, to: { reason } }]);
  return true;
}
