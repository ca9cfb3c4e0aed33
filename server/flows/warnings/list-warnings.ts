import type { Context } from '../../context.ts';
import { mayThemselves } from '../../domain/accounts/account-right.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import {
  WARNING_LEVELS,
  type WarningKind,
  type WarningLevel,
  type WarningState,
} from '../../domain/warnings/kinds.ts';
import { warningView } from '../../domain/warnings/view.ts';
import { AppError } from '../../errors.ts';
import type { Warning } from '../../store/warning-model.ts';
import type { WarningPlace } from '../../store/warnings.ts';

type Needs = Pick<Context, 'accounts' | 'staff' | 'warnings' | 'site'>;

/** What somebody wants to see; `before` is the `nextBefore` of the page before. */
export type WarningQuery = {
  scope: 'own' | 'team' | 'all';
  accountId?: string | undefined;
  kind?: WarningKind | undefined;
  level?: WarningLevel | undefined;
  state: WarningState | 'unresolved';
  before?: string | undefined;
  limit: number;
};

/**
 * Warnings on accounts that the caller owns, steps in for or leads, the gravest first, then the latest. A page may hold fewer than asked for
 * where accounts have changed hands since.
 *
 * @throws {AppError} 403 `admins_only` for everybody's; 400 `invalid_before`.
 */
export async function listWarnings(
  context: Needs,
  caller: Caller,
  { scope, before, limit, ...filter }: WarningQuery,
) {
  if (scope === 'all' && caller.role !== 'admin')
    throw new AppError(403, 'admins_only', { message: '只有管理员可以查看全部预警' });
  const own = scope === 'team' ? caller.teamIds : [caller.staffId];
  const forIds = scope === 'all' ? null : own;
  const found = await context.warnings.list(
    { ...filter, forIds, before: before ? cursorOf(before) : null },
    limit,
  );
  const last = found.length === limit ? found.at(-1) : undefined;
  return {
    warnings: await viewsOf(context, caller, found),
    nextBefore: last ? cursorText(last) : null,
  };
}

const cursorText = ({ level, raisedAt, _id }: Warning) => `${level}_${raisedAt.toISOString()}_${_id}`;

function cursorOf(before: string): WarningPlace {
  const [named = '', at = '', id = ''] = before.split('_');
  const level = WARNING_LEVELS.find((each) => each === named);
  const raisedAt = new Date(at);
  if (!level || Number.isNaN(raisedAt.getTime()))
    throw new AppError(400, 'invalid_before', { message: '翻页参数不对，请刷新' });
  return { level, raisedAt, id };
}

async function viewsOf({ accounts, staff, site }: Needs, caller: Caller, found: readonly Warning[]) {
  const about = await accounts.findMany(found.map(({ accountId }) => accountId));
  const known = new Map(about.map((account) => [account._id, account]));
  const names = new Map((await staff.all()).map(({ _id, name }) => [_id, name]));
  const nameOf = (staffId: string) => names.get(staffId) ?? staffId;
  return found.flatMap((warning) => {
    const account = known.get(warning.accountId);
    if (!account || !mayThemselves(caller, account, 'read')) return [];
    return [warningView(warning, { account, nameOf, publicUrl: site.publicUrl })];
  });
}
