import { EMPTY_KDM, plainText, type Closeness, type ContactMethod, type Kdm } from './kdm.ts';
import type { KdmEdit } from './kdm-problems.ts';

/** Every field of a profile whose changes are kept: all but when it was confirmed. */
export const KDM_FIELDS = [
  'department',
  'title',
  'level',
  'superiorId',
  'isTop',
  'scope',
  'authority',
  'budget',
  'budgetUpToFen',
  'methods',
  'closeness',
  'decisionRole',
  'guideLevel',
  'style',
  'birthday',
  'notes',
] as const satisfies readonly (keyof KdmEdit)[];
export type KdmField = (typeof KDM_FIELDS)[number];

type Value = string | number | boolean | ContactMethod[] | null;

/** One field before and after; null: nobody knew. */
export type FieldChange = { field: KdmField; from: Value; to: Value };

/** A profile as it is kept: texts trimmed, what says nothing is null. */
export function tidyKdm(edit: KdmEdit): Required<KdmEdit> {
  const { confirmedAt: _never, ...empty } = EMPTY_KDM;
  return { ...empty, ...Object.fromEntries(KDM_FIELDS.map((field) => [field, tidy(edit[field])])) };
}

function tidy(value: KdmEdit[KdmField]): Value {
  if (typeof value === 'string') return value.trim() || null;
  if (Array.isArray(value)) return value.length > 0 ? value.map(tidyMethod) : null;
  return value || null; // false says as little as null, and no number here may be 0
}

const tidyMethod = ({ kind, value, verifiedOn }: ContactMethod): ContactMethod => ({
  kind,
  value: plainText(value),
  verifiedOn: verifiedOn || null,
});

/** What differs between two profiles, field by field, in the order of `KDM_FIELDS`. */
export function kdmChanges(from: KdmEdit, to: KdmEdit): FieldChange[] {
  const [before, after] = [tidyKdm(from), tidyKdm(to)];
  return KDM_FIELDS.filter((field) => textOf(before[field]) !== textOf(after[field])).map((field) => ({
    field,
    from: before[field],
    to: after[field],
  }));
}

const textOf = (value: Value): string => JSON.stringify(value);

/** From when on we were how close; `since` null: as far back as is known. */
export type ClosenessPoint = { since: Date | null; closeness: Closeness | null };

type Saved = { at: Date; changes: readonly FieldChange[] };

/** Closeness over time, the oldest first, read from every save (in any order) and what holds now. */
export function closenessOverTime(saves: readonly Saved[], kdm: Kdm): ClosenessPoint[] {
  const steps = saves
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .flatMap(({ at, changes }) =>
      changes.flatMap((change) => (change.field === 'closeness' ? [{ at, change }] : [])),
    );
  const first = steps[0]?.change.from ?? (steps.length > 0 ? null : kdm.closeness);
  return [
    { since: null, closeness: closenessOf(first) },
    ...steps.map(({ at, change }) => ({ since: at, closeness: closenessOf(change.to) })),
  ];
}

const closenessOf = (value: Value | undefined): Closeness | null => (value ?? null) as Closeness | null;

/** The profile with these changes made. */
export const withChanges = (kdm: Kdm, changes: readonly FieldChange[]): Kdm => ({
  ...kdm,
  ...Object.fromEntries(changes.map(({ field, to }) => [field, to])),
});
