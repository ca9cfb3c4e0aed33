import { addDays, type Day } from '../calendar.ts';

/** A leave 请假 of one member, whole days, both ends included; the stand-in is told what is due. */
export type Absence = { _id: string; staffId: string; from: Day; to: Day; standInId: string | null };

/** Who is away on a day, and who stands in for them; null: nobody. */
export type Away = ReadonlyMap<string, string | null>;

const MOST_DAYS = 366;

/** Why a leave cannot be kept, in Chinese; null when it can. */
export function absenceProblem(
  { staffId, from, to, standInId }: Omit<Absence, '_id'>,
  today: Day,
): string | null {
  if (from > to) return '结束日期不能早于开始日期';
  if (to < today) return '请假日期已经过去';
  if (to > addDays(from, MOST_DAYS - 1)) return `一次请假最多 ${MOST_DAYS} 天`;
  return standInId === staffId ? '代理人不能是本人' : null;
}

type Span = Pick<Absence, 'from' | 'to'>;

/** True when both have a day in common. */
export const overlaps = (a: Span, b: Span): boolean => a.from <= b.to && b.from <= a.to;

/** Who is away on `day`. */
export const awayOn = (absences: readonly Absence[], day: Day): Away =>
  new Map(
    absences
      .filter(({ from, to }) => from <= day && day <= to)
      .map(({ staffId, standInId }) => [staffId, standInId]),
  );

/** Whose accounts a member looks after today besides their own: as a deputy, and as a stand-in where no deputy is there. */
export type Cover = { staffId: string; awayIds: string[]; standInForIds: string[] };

/** What a member looks after for others; null when nobody is away, or the member is. */
export function coverOf(staffId: string, away: Away): Cover | null {
  if (away.size === 0 || away.has(staffId)) return null;
  const standInForIds = [...away].flatMap(([id, standInId]) => (standInId === staffId ? [id] : []));
  return { staffId, awayIds: [...away.keys()], standInForIds };
}

/**
 * Who stands in today for the owner of an account: the one the owner named, where no deputy is there. Null: nobody.
 * Agrees with whose due list the account is on.
 */
export function standInOf(
  { ownerId, deputyId }: { ownerId: string | null; deputyId: string | null },
  away: Away,
): string | null {
  const standInId = (ownerId && away.get(ownerId)) ?? null;
  if (!standInId || away.has(standInId)) return null;
  return deputyId && !away.has(deputyId) ? null : standInId;
}
