import type { Profile } from '../../../server/api/contract/profile.ts';
import { dayText } from '../../parts/days.ts';
import { BUDGET, CLOSENESS, DECISION_ROLE, GUIDE_LEVEL, LEVEL } from '../../parts/texts.ts';
import { yuanText } from '../../parts/yuan.ts';
import { KDM } from './texts.ts';

type Kdm = Profile['kdm'];

/** What they may spend; an amount says more than the word. */
function budgetText({ budget, budgetUpToFen }: Kdm): string | null {
  if (budget === 'approves_up_to' && budgetUpToFen !== null) return KDM.upTo(yuanText(budgetUpToFen));
  return budget && BUDGET[budget];
}

/** Their part in the decision; a guide's level goes with it. */
function roleText({ decisionRole, guideLevel }: Kdm): string | null {
  const level = guideLevel === null ? null : GUIDE_LEVEL[guideLevel];
  if (!decisionRole) return null;
  return level ? `${DECISION_ROLE[decisionRole]}（${level}）` : DECISION_ROLE[decisionRole];
}

/** What is known of a decision maker, as labels and values; what nobody knows is left out. The title stands in the header. */
export function kdmRows(kdm: Kdm): (readonly [string, string])[] {
  const rows: [string, string | null][] = [
    [KDM.role, roleText(kdm)],
    [KDM.closeness, kdm.closeness && CLOSENESS[kdm.closeness]],
    [KDM.budget, budgetText(kdm)],
    [KDM.level, kdm.level && LEVEL[kdm.level]],
    [KDM.department, kdm.department],
    [KDM.superior, kdm.isTop ? KDM.top : kdm.superior],
    [KDM.scope, kdm.scope],
    [KDM.authority, kdm.authority],
    [KDM.style, kdm.style],
    [KDM.birthday, kdm.birthday && dayText(kdm.birthday)],
    [KDM.notes, kdm.notes],
  ];
  return rows.flatMap(([label, value]) => (value ? [[label, value] as const] : []));
}
