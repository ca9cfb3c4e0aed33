import type { Context } from '../../context.ts';
import { changedSince, fieldLabel } from '../../domain/accounts/account-edits.ts';
import { doerName } from '../../domain/accounts/account-view.ts';
import { shownCustom } from '../../domain/accounts/custom-field.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';

/** The refusal of a change by hand that began with an older `version`: who was faster, what they changed, and what holds now. */
export async function readConflict(
  { accounts, settings, staff }: Pick<Context, 'accounts' | 'settings' | 'staff'>,
  accountId: string,
  version: number,
): Promise<AppError> {
  const account = await accounts.find(accountId);
  if (!account) return new AppError(404, 'account_not_found', { message: '没有这个客户，可能已被删除' });
  const { customFields } = await settings.read();
  const { name, industry, region, size, custom = {} } = account;
  const fields = changedSince(account.edits, version).map((field) => {
    return { field, label: fieldLabel(field, customFields) };
  });
  const last = await lastEdit(staff, account);
  const what = fields.map(({ label }) => label).join('、') || '这个客户';
  return new AppError(409, 'changed_meanwhile', {
    message: `${last.by?.name ?? '有人'}刚刚修改了${what}，您的修改还没有保存`,
    details: {
      ...last,
      fields,
      values: { name, industry, region, size, custom: shownCustom(customFields, custom) },
    },
  });
}

async function lastEdit(staff: Context['staff'], account: Account) {
  const { edits } = account;
  if (!edits) return { version: 0, by: null, at: null };
  const name = doerName(edits.by, await staff.namesOf([edits.by]));
  return { version: edits.version, by: { staffId: edits.by, name }, at: edits.at?.toISOString() ?? null };
}
