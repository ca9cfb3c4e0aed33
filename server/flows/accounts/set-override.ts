import type { Context } from '../../context.ts';
import { versionOf } from '../../domain/accounts/account-edits.ts';
import { calendarDay, type Day } from '../../domain/calendar.ts';
import {
  expiryAfter,
  isFitExpiry,
  OVERRIDE_FIELDS,
  USUAL_MONTHS,
  type Override,
  type OverrideKind,
} from '../../domain/classification/override.ts';
import type { Stage } from '../../domain/classification/lifecycle.ts';
import type { Tier } from '../../domain/classification/tier.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'accounts' | 'audit' | 'settings' | 'now' | 'site'>;

/** What somebody sets by hand; without `expiresOn` it holds for the usual time. */
export type OverrideRequest = { reason: string; expiresOn?: Day | undefined } & (
  { kind: 'tier'; value: Tier } | { kind: 'stage'; value: Stage } | { kind: 'strategic'; value: true }
);

/**
 * Pins the tier, sets the stage or marks an account as strategic, against what is computed, until a day.
 *
 * @param by staff id.
 * @returns `false` when somebody else changed the account since it was opened.
 * @throws {AppError} 400 `bad_expiry` for a day in the past, or more than 24 months away.
 */
export async function setOverride(
  context: Needs,
  account: Account,
  wish: OverrideRequest & { by: string },
): Promise<boolean> {
  const { accounts, audit, now } = context;
  const today = calendarDay(now(), context.site.timeZone);
  const months = wish.kind === 'strategic' ? await strategicMonths(context) : USUAL_MONTHS;
  const expiresOn = wish.expiresOn ?? expiryAfter(months, today);
  if (!isFitExpiry(expiresOn, today))
    throw new AppError(400, 'bad_expiry', { message: '有效期须在今天或之后，且不超过 24 个月' });
  const { kind, value, reason, by } = wish;
  const override: Override<typeof value> = { value, reason, by, at: now(), expiresOn };
  const field = OVERRIDE_FIELDS[kind];
  const version = versionOf(account);
  const fields = { [field]: override };
  if ((await accounts.edit(account._id, { version, fields, by, at: now() })) !== 'done') return false;
  const act = `account.${ACTS[kind]}`;
  await audit.note([
    { by, at: now(), act, subject: `account:${account._id}`, from: account[field], to: override },
  ]);
  return true;
}

const ACTS: Record<OverrideKind, string> = {
  tier: 'pin_tier',
  stage: 'set_stage',
  strategic: 'mark_strategic',
};

async function strategicMonths({ settings }: Needs): Promise<number> {
  return (await settings.readSection('valueClass')).value.strategicMonths;
}
