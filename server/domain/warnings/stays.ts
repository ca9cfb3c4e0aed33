import { calendarDay, daysBetween } from '../calendar.ts';
import type { Opportunity, OpportunityStage } from '../deals/opportunity.ts';

type Staying = Pick<Opportunity, 'stageHistory'>;
/** How often each whole number of days was stayed. */
type DayCounts = ReadonlyMap<number, number>;

/**
 * The p75 of the whole days that opportunities stayed in each stage; a stage that nobody left is absent. Reads them one by one,
 * and keeps a count for each different number of days, however many opportunities there are. Source: domain.md §7.
 */
export async function typicalStaysOf(
  opportunities: AsyncIterable<Staying> | Iterable<Staying>,
  timeZone: string,
): Promise<Map<OpportunityStage, number>> {
  const stays = new Map<OpportunityStage, Map<number, number>>();
  for await (const opportunity of opportunities)
    for (const { stage, days } of staysOf(opportunity, timeZone)) {
      const counts = stays.get(stage) ?? new Map<number, number>();
      stays.set(stage, counts.set(days, (counts.get(days) ?? 0) + 1));
    }
  return new Map([...stays].map(([stage, counts]) => [stage, p75(counts) ?? 0]));
}

/** How long each stage was left after, in whole days; what is still in a stage says nothing yet. */
export function staysOf(
  { stageHistory }: Staying,
  timeZone: string,
): { stage: OpportunityStage; days: number }[] {
  return stageHistory.slice(0, -1).flatMap(({ stage, at }, index) => {
    const next = stageHistory[index + 1];
    if (!at || !next?.at) return [];
    const days = daysBetween(calendarDay(at, timeZone), calendarDay(next.at, timeZone));
    return days < 0 ? [] : [{ stage, days }];
  });
}

/** The value that three quarters do not exceed (nearest rank), of values that are only counted; null of nothing. */
export function p75(counts: DayCounts): number | null {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const rank = Math.ceil((total * 75) / 100);
  let passed = 0;
  for (const [value, count] of [...counts].toSorted(([a], [b]) => a - b)) {
    passed += count;
    if (passed >= rank) return value;
  }
  return null;
}
