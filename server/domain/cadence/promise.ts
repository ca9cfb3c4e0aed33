import { addDays, type Day } from '../calendar.ts';
import type { CadenceSettings } from './cadence-settings.ts';
import { dayName, tierName } from '../texts.ts';
import type { Tier } from '../classification/tier.ts';

/** Where a promise 约定 stands; every other state than `open` has ended it. Source: domain.md §6. */
export const PROMISE_STATES = ['open', 'kept', 'moved', 'withdrawn'] as const;
export type PromiseState = (typeof PROMISE_STATES)[number];

/** What a form does with a standing promise: 保留, 已兑现, 改期, 撤回. */
export const PROMISE_ACTS = ['keep', 'kept', 'moved', 'withdrawn'] as const;
export type PromiseAct = (typeof PROMISE_ACTS)[number];

/** What is called a planned next touch of which nobody said more. */
export const NEXT_TOUCH = '下次联系';

/** Why a day cannot be promised. */
type PromiseFault = { code: 'date_in_the_past' | 'date_too_far'; message: string };

/** Why nobody can promise `day` to an account of that tier; null when they can. Source: domain.md §6. */
export function promiseFault(
  day: Day,
  { today, tier, cadence }: { today: Day; tier: Tier; cadence: Pick<CadenceSettings, 'promiseMostDays'> },
): PromiseFault | null {
  if (day < today) return { code: 'date_in_the_past', message: '约定的日期不能早于今天' };
  const mostDays = cadence.promiseMostDays[tier];
  const last = addDays(today, mostDays);
  if (day <= last) return null;
  const whose = `${tierName(tier)}客户`;
  const until = `${last.slice(0, 4)}年${dayName(last)}`;
  const message = `${whose}的约定最晚在 ${mostDays} 天内（${until}前），太久没有联系容易流失，请选更早的日期`;
  return { code: 'date_too_far', message };
}

/** True when its day is over, or somebody spoke to them on it or later, and nobody said what became of it 已过期. */
export const isExpired = (day: Day, { today, touchedOn }: { today: Day; touchedOn: Day | null }): boolean =>
  day < today || Boolean(touchedOn && touchedOn >= day);
