import type { KdmHistory } from '../../../server/api/contract/kdm.ts';
import { BUDGET, CLOSENESS, DECISION_ROLE, GUIDE_LEVEL, LEVEL, METHOD } from '../../parts/texts.ts';
import { dayText } from '../../parts/days.ts';
import { yuanText } from '../../parts/yuan.ts';
import { KDM } from '../profile/texts.ts';
import { HISTORY } from './texts.ts';

type Change = KdmHistory['saves'][number]['changes'][number];
type Value = Change['from'];

const WORDS: Partial<Record<Change['field'], Readonly<Record<string, string>>>> = {
  level: LEVEL,
  budget: BUDGET,
  closeness: CLOSENESS,
  decisionRole: DECISION_ROLE,
  guideLevel: GUIDE_LEVEL,
};

/** What a field was and what it became; a way to reach somebody says when it was verified, where nothing else tells them apart. */
export function changeText({ field, from, to }: Change): string {
  const [before, after] = [valueText(field, from), valueText(field, to)];
  if (before !== after) return `${before} → ${after}`;
  return `${verifiedText(from)} → ${verifiedText(to)}`;
}

function verifiedText(value: Value): string {
  if (!Array.isArray(value)) return String(value ?? HISTORY.empty);
  return value
    .map((each) => `${METHOD[each.kind]} ${each.value}（${KDM.verified(each.verifiedOn ?? null)}）`)
    .join('、');
}

function valueText(field: Change['field'], value: Value): string {
  if (value === null || value === false) return HISTORY.empty;
  if (value === true) return HISTORY.yes;
  if (Array.isArray(value)) return value.map((each) => `${METHOD[each.kind]} ${each.value}`).join('、');
  return plainText(field, value);
}

function plainText(field: Change['field'], value: string | number): string {
  if (field === 'budgetUpToFen') return yuanText(Number(value));
  if (field === 'birthday') return dayText(String(value));
  return WORDS[field]?.[value] ?? String(value);
}
