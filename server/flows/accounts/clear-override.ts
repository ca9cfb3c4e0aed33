import type { Context } from '../../context.ts';
import { OVERRIDE_FIELDS, type OverrideKind } from '../../domain/override.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'accounts' | 'audit' | 'now'>;

/** Takes back what was set by hand, so that what is computed holds again. Repeatable. */
export async function clearOverride(
  { accounts, audit, now }: Needs,
  account: Account,
  { kind, reason, by }: { kind: OverrideKind; reason: string; by: string },
): Promise<void> {
  const field = OVERRIDE_FIELDS[kind];
  const before = account[field];
  if (!before) return;
  await accounts.update(account._id, { [field]: null });
  const subject = `account:${account._id}`;
  await audit.note([{ by, at: now(), act: `account.clear_${kind}`, subject, from: before, to: { reason } }]);
}
