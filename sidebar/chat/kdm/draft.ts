import type { KdmDraft } from '../../../server/api/contract/kdm.ts';
import type { Profile } from '../../../server/api/contract/profile.ts';
import { createBox } from '../../parts/keep.ts';

type Kdm = Profile['kdm'];
type Method = { kind: Kdm['methods'][number]['kind']; value: string; verifiedOn: string };

/** The form as it is typed: '' is “nobody knows”. `superior` is an external user id, or `TOP`. */
export type Values = {
  department: string;
  title: string;
  level: NonNullable<Kdm['level']> | '';
  superior: string;
  scope: string;
  authority: string;
  budget: NonNullable<Kdm['budget']> | '';
  upToYuan: string;
  methods: Method[];
  closeness: NonNullable<Kdm['closeness']> | '';
  decisionRole: NonNullable<Kdm['decisionRole']> | '';
  guideLevel: string;
  style: string;
  birthday: string;
  notes: string;
};

/** What is being written, and what it began with. */
export type Draft = { version: number; base: Values; values: Values };

/** In the place of a superior: has none. */
export const TOP = '#top';

/** Where an unsaved draft waits; it dies with the tab. */
export const draftBox = (externalUserId: string) =>
  createBox<Draft>(() => sessionStorage, `genjin.kdm.${externalUserId}`);

/** The profile as the form shows it; a superior who left the account is nobody's. */
export function valuesOf({ kdm, account }: Profile): Values {
  const isThere = account.contacts.some(({ externalUserId }) => externalUserId === kdm.superiorId);
  return {
    department: kdm.department ?? '',
    title: kdm.title ?? '',
    level: kdm.level ?? '',
    superior: kdm.isTop ? TOP : isThere ? (kdm.superiorId ?? '') : '',
    scope: kdm.scope ?? '',
    authority: kdm.authority ?? '',
    budget: kdm.budget ?? '',
    upToYuan: kdm.budgetUpToFen === null ? '' : String(kdm.budgetUpToFen / 100),
    methods: kdm.methods.map(({ kind, value, verifiedOn }) => ({
      kind,
      value,
      verifiedOn: verifiedOn ?? '',
    })),
    closeness: kdm.closeness ?? '',
    decisionRole: kdm.decisionRole ?? '',
    guideLevel: kdm.guideLevel === null ? '' : String(kdm.guideLevel),
    style: kdm.style ?? '',
    birthday: kdm.birthday ?? '',
    notes: kdm.notes ?? '',
  };
}

const copy = (values: Values): Values => ({
  ...values,
  methods: values.methods.map((method) => ({ ...method })),
});

/** A draft in which nothing was changed yet. */
export const freshDraft = (profile: Profile): Draft => ({
  version: profile.kdm.version,
  base: valuesOf(profile),
  values: valuesOf(profile),
});

/** `50 万`, `1,200,000`, `¥500` in fen; NaN when it is no amount. */
export function fenOf(text: string): number {
  const match = /^¥?(\d+(?:\.\d+)?)(万|亿)?元?$/.exec(text.normalize('NFKC').replaceAll(/[\s,]/g, ''));
  if (!match) return Number.NaN;
  const times = match[2] === '万' ? 10_000 : match[2] === '亿' ? 100_000_000 : 1;
  return Math.round(Number(match[1]) * times * 100);
}

/** What is sent. What the chosen budget or role has no use for is left out. */
export function bodyOf({ version, values }: Draft): KdmDraft {
  const { superior, upToYuan, methods, ...rest } = values;
  const isAmount = rest.budget === 'approves_up_to' && upToYuan.trim() !== '';
  return {
    version,
    kdm: {
      department: rest.department,
      title: rest.title,
      level: rest.level || null,
      superiorId: superior === TOP ? null : superior || null,
      isTop: superior === TOP,
      scope: rest.scope,
      authority: rest.authority,
      budget: rest.budget || null,
      budgetUpToFen: isAmount ? fenOf(upToYuan) : null,
      methods: methods.map((method) => ({ ...method, verifiedOn: method.verifiedOn || null })),
      closeness: rest.closeness || null,
      decisionRole: rest.decisionRole || null,
      guideLevel: rest.decisionRole === 'guide' && rest.guideLevel ? Number(rest.guideLevel) : null,
      style: rest.style,
      birthday: rest.birthday || null,
      notes: rest.notes,
    },
  };
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * The draft on top of what others saved meanwhile: what I did not touch takes their value, what I did stays mine.
 *
 * @returns the fields that both of us changed, each to something else, as `clashes`.
 */
export function rebase(draft: Draft, latest: Profile): { draft: Draft; clashes: (keyof Values)[] } {
  const theirs = valuesOf(latest);
  const fields = Object.keys(theirs) as (keyof Values)[];
  const touched = fields.filter((field) => !isSame(draft.values[field], draft.base[field]));
  const mine = Object.fromEntries(touched.map((field) => [field, draft.values[field]]));
  const clashes = touched.filter(
    (field) => !isSame(theirs[field], draft.base[field]) && !isSame(theirs[field], draft.values[field]),
  );
  const values = copy({ ...theirs, ...mine });
  return { draft: { version: latest.kdm.version, base: theirs, values }, clashes };
}
