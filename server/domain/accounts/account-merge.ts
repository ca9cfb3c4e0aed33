import type { Day } from '../calendar.ts';
import { inForce, type Override } from '../classification/override.ts';
import { marksOf, mergedMarks, type TouchMarks } from '../cadence/touch-marks.ts';

/** So many days a merge can be taken back; the number is ours. */
export const UNDO_DAYS = 30;

/** Until when a merge of `at` can be taken back. */
export const undoUntil = (at: Date): Date => new Date(at.getTime() + UNDO_DAYS * 86_400_000);

/** What two accounts bring into one. */
export type Mergeable = Partial<TouchMarks> & {
  _id: string;
  industry: string;
  region: string;
  size: string;
  ownerId: string | null;
  deputyId: string | null;
  pooledAt: Date | null;
  heirId: string | null;
  heirAcceptedBy: string | null;
  knownSince: Date;
  tierPin: Override<unknown> | null;
  stagePin: Override<unknown> | null;
  strategicMark: Override<unknown> | null;
  potentialScore: number | null;
  sharePercent: number | null;
  source: object | null;
  referredById: string | null;
  custom: Readonly<Record<string, unknown>>;
};

/** One field of the survivor that changes; `custom.<key>` for an own field. */
export type Gain = { field: string; before: unknown; after: unknown };

const PINS = ['tierPin', 'stagePin', 'strategicMark'] as const;
const FILLED_WHEN_EMPTY = [
  'industry',
  'region',
  'size',
  'deputyId',
  'potentialScore',
  'sharePercent',
  'source',
] as const;

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/**
 * What the account that stays gains by the one that goes: its own values win, what it lacks is filled, the touches of both
 * count, and the earlier acquaintance. A pin that has expired on `today` is none. Asked again after the gain, there is nothing
 * more to gain.
 */
export function gainsOf(into: Mergeable, from: Mergeable, today: Day): Gain[] {
  const ours = marksOf(into);
  const marks = Object.entries(mergedMarks(into, from)) as [keyof TouchMarks, Date | string | null][];
  return [
    ...FILLED_WHEN_EMPTY.flatMap((field) => filled(field, into[field], candidateFor(field, into, from))),
    ...PINS.flatMap((field) => pinned(field, [into[field], from[field]], today)),
    ...Object.entries(from.custom).flatMap(([key, value]) =>
      filled(`custom.${key}`, into.custom[key], value),
    ),
    ...marks.flatMap(([field, after]) => changed(field, ours[field], after)),
    ...(from.knownSince < into.knownSince ? changed('knownSince', into.knownSince, from.knownSince) : []),
    ...ownerGains(into, from),
    ...referralGains(into, from),
  ];
}

/** Nobody is their own deputy. */
function candidateFor(field: (typeof FILLED_WHEN_EMPTY)[number], into: Mergeable, from: Mergeable): unknown {
  const value = from[field];
  return field === 'deputyId' && value === (into.ownerId ?? from.ownerId) ? null : value;
}

/** Nobody recommends themselves: where the one recommended the other, what recommended the first remains. */
function referralGains(into: Mergeable, from: Mergeable): Gain[] {
  const isOpen = into.referredById === null || into.referredById === from._id;
  const other = from.referredById === into._id ? null : from.referredById;
  return isOpen ? changed('referredById', into.referredById, other) : [];
}

const filled = (field: string, before: unknown, after: unknown): Gain[] =>
  isEmpty(before) && !isEmpty(after) ? [{ field, before: before ?? null, after }] : [];

type Pin = Override<unknown> | null;

function pinned(field: string, [ours, theirs]: readonly [Pin, Pin], today: Day): Gain[] {
  const isOpen = inForce(ours, today) === null && inForce(theirs, today) !== null;
  return isOpen ? [{ field, before: ours ?? null, after: theirs }] : [];
}

function changed(field: string, before: Date | string | null, after: Date | string | null): Gain[] {
  const isSame = before instanceof Date && after instanceof Date ? +before === +after : before === after;
  return isSame ? [] : [{ field, before, after }];
}

/** An account without an owner gets the one of the other, and leaves the pool. */
function ownerGains(into: Mergeable, from: Mergeable): Gain[] {
  if (into.ownerId || !from.ownerId) return [];
  return [
    ...changed('ownerId', null, from.ownerId),
    ...changed('pooledAt', into.pooledAt, null),
    ...changed('heirId', into.heirId, null),
    ...changed('heirAcceptedBy', into.heirAcceptedBy, null),
  ];
}
