import type { Context } from '../../context.ts';
import { versionOf } from '../../domain/accounts/account-edits.ts';
import { calendarDay, type Day } from '../../domain/calendar.ts';
import { reaches, type AccountRight } from '../../domain/accounts/account-right.ts';
import { inForce, type Override } from '../../domain/classification/override.ts';
import type { Account } from '../../store/account-model.ts';
import type { Change } from '../../store/history.ts';

type Needs = Pick<Context, 'history' | 'merges' | 'staff' | 'now' | 'site'>;
type Names = (staffId: string) => string;

const LAST_CHANGES = 20;

/** What an account is to us: tier, stage and value class with the full why, what was set by hand, and the last changes. */
export async function readClassification(
  context: Needs,
  { account, right }: { account: Account; right: AccountRight },
) {
  const { history, merges } = context;
  const today = calendarDay(context.now(), context.site.timeZone);
  const members = new Map((await context.staff.all()).map(({ _id, name }) => [_id, name]));
  const nameOf: Names = (staffId) => members.get(staffId) ?? staffId;
  const { tier, tierWhy, stage, stageWhy, valueClass, valueClassWhy } = account;
  return {
    account: { id: account._id, name: account.name },
    tier: { value: tier, why: tierWhy, pin: pinView(account.tierPin, today, nameOf) },
    stage: { value: stage, why: stageWhy, pin: pinView(account.stagePin, today, nameOf) },
    valueClass: {
      value: valueClass,
      why: valueClassWhy,
      strategicMark: pinView(account.strategicMark, today, nameOf),
    },
    potential: { score: account.potentialScore, sharePercent: account.sharePercent },
    may: { pin: reaches(right, 'manage'), ratePotential: reaches(right, 'edit') },
    version: versionOf(account),
    changes: changesView(await history.ofAccount(...(await merges.idsIn(account._id))), nameOf),
  };
}

function pinView<Value>(override: Override<Value> | null, today: Day, nameOf: Names) {
  if (!override || inForce(override, today) === null) return null;
  const { value, reason, by, at, expiresOn } = override;
  return { value, reason, by: { staffId: by, name: nameOf(by) }, at: at.toISOString(), expiresOn };
}

function changesView(changes: readonly Change[], nameOf: Names) {
  const ours = changes.flatMap(({ kind, from, to, by, at, isFall = false }) =>
    kind === 'account' || kind === 'owner'
      ? []
      : [{ kind, from, to, by: nameOf(by), at: at.toISOString(), isFall }],
  );
  return ours.slice(0, LAST_CHANGES);
}
