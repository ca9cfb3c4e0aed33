import type { Context } from '../../context.ts';
import { versionOf } from '../../domain/accounts/account-edits.ts';
import { matchKey } from '../../domain/match-key.ts';
import { customProblems, shownCustom, type CustomValues } from '../../domain/accounts/custom-field.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'accounts' | 'settings' | 'history' | 'audit' | 'now'>;

/** What a form changes; what is absent stays. */
export type AccountEdit = {
  name?: string | undefined;
  industry?: string | undefined;
  region?: string | undefined;
  size?: string | undefined;
  custom: CustomValues;
};

/**
 * Changes what is known of a company that was opened for the caller to edit. An
 * account of one person that gets a name becomes the company's.
 *
 * @returns `false` when somebody else changed it since it was opened.
 * @throws {AppError} 400 `invalid_custom`; 409 `name_taken` with the other's `accountId`.
 */
export async function editAccount(
  context: Needs,
  caller: { staffId: string },
  { account, edit }: { account: Account; edit: AccountEdit },
): Promise<boolean> {
  await checkCustom(context, account, edit.custom);
  const { custom, ...given } = edit;
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  if (Object.keys({ ...fields, ...custom }).length === 0) return true;
  const changes = { fields, custom, by: caller.staffId, at: context.now() };
  if (!(await write(context, account, changes))) return false;
  await note(context, caller.staffId, { account, fields, custom });
  return true;
}

async function checkCustom({ settings }: Needs, account: Account, custom: CustomValues): Promise<void> {
  if (Object.keys(custom).length === 0) return;
  const { customFields } = await settings.read();
  const whole = { ...shownCustom(customFields, account.custom ?? {}), ...custom };
  const details = customProblems(customFields, whole);
  if (details.length > 0) throw new AppError(400, 'invalid_custom', { message: '自定义字段有误', details });
}

type Changes = { fields: Partial<Account>; custom: CustomValues };
type Signed = Changes & { by: string; at: Date };

async function write(context: Needs, account: Account, { fields, ...changes }: Signed): Promise<boolean> {
  const { name } = fields;
  const nameKey = name === undefined ? '' : matchKey(name);
  const all = nameKey ? { ...fields, nameKey, isSolo: false } : fields;
  const version = versionOf(account);
  const edit = () => context.accounts.edit(account._id, { ...changes, version, fields: all });
  let result = await edit();
  if (result === 'taken' && (await takeName(context, account._id, nameKey))) result = await edit();
  if (result === 'taken') throw await nameTaken(context, nameKey);
  return result === 'done';
}

/** What was merged into this account may still have the name. */
async function takeName({ accounts }: Needs, accountId: string, nameKey: string): Promise<boolean> {
  const holder = await accounts.findByKey(nameKey);
  if (!holder || (await accounts.resolveMerged(holder._id))?._id !== accountId) return false;
  await accounts.giveUpName(holder._id);
  return true;
}

async function nameTaken({ accounts }: Needs, nameKey: string): Promise<AppError> {
  const details = { accountId: (await accounts.findStandingByKey(nameKey))?._id ?? null };
  return new AppError(409, 'name_taken', { message: '已有同名客户，可合并到该客户', details });
}

async function note(
  { history, audit, now }: Needs,
  by: string,
  { account, fields, custom }: Changes & { account: Account },
): Promise<void> {
  const { _id: accountId, ownerId, name } = account;
  const at = now();
  const was: Record<string, unknown> = { ...account };
  const before = Object.fromEntries(Object.keys(fields).map((key) => [key, was[key]]));
  const customBefore = Object.fromEntries(
    Object.keys(custom).map((key) => [key, account.custom?.[key] ?? null]),
  );
  const [from, to] = [
    { ...before, custom: customBefore },
    { ...fields, custom },
  ];
  if (fields.name !== undefined && fields.name !== name)
    await history.append([
      { accountId, ownerId, kind: 'account', from: name, to: fields.name, why: 'renamed', by, at },
    ]);
  await audit.note([{ by, at, act: 'account.edit', subject: `account:${accountId}`, from, to }]);
}
