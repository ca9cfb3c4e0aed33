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

const TEXTS = ['department', 'title', 'scope', 'authority', 'style', 'birthday', 'notes'] as const;
const WORDS = ['level', 'budget', 'closeness', 'decisionRole'] as const;

/** Of each of these fields what is there; '' where nothing is. */
function filled<Field extends keyof Kdm & keyof Values>(kdm: Kdm, fields: readonly Field[]) {
  return Object.fromEntries(fields.map((field) => [field, kdm[field] ?? ''])) as Pick<Values, Field>;
}

function superiorOf({ kdm, account }: Profile): string {
  if (kdm.isTop) return TOP;
  return (
    account.contacts.find(({ externalUserId }) => externalUserId === kdm.superiorId)?.externalUserId ?? ''
  );
}

/** The profile as the form shows it; a superior who left the account is nobody's. */
export function valuesOf(profile: Profile): Values {
  const { kdm } = profile;
  return {
    ...filled(kdm, TEXTS),
    ...filled(kdm, WORDS),
    superior: superiorOf(profile),
    upToYuan: kdm.budgetUpToFen === null ? '' : String(kdm.budgetUpToFen / 100),
    methods: kdm.methods.map((method) => ({ ...method, verifiedOn: method.verifiedOn ?? '' })),
    guideLevel: kdm.guideLevel === null ? '' : String(kdm.guideLevel),
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

/** The amount of “approves up to”; null for any other authority, and while none is given. */
const upToFen = ({ budget, upToYuan }: Values) =>
  budget === 'approves_up_to' && upToYuan.trim() ? fenOf(upToYuan) : null;

const guideLevelOf = ({ decisionRole, guideLevel }: Values) =>
  decisionRole === 'guide' && guideLevel ? Number(guideLevel) : null;

/** What is sent. What the chosen budget or role has no use for is left out. */
export function bodyOf({ version, values }: Draft): KdmDraft {
  const { superior, upToYuan: _typed, methods, ...rest } = values;
  return {
    version,
    kdm: {
      ...rest,
      level: rest.level || null,
      superiorId: superior === TOP ? null : superior || null,
      isTop: superior === TOP,
      budget: rest.budget || null,
      budgetUpToFen: upToFen(values),
      methods: methods.map((method) => ({ ...method, verifiedOn: method.verifiedOn || null })),
      closeness: rest.closeness || null,
      decisionRole: rest.decisionRole || null,
      guideLevel: guideLevelOf(values),
      birthday: rest.birthday || null,
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
