import { computed, reactive, shallowRef } from 'vue';
import type { AccountView } from '../../../server/api/contract/accounts.ts';
import { ApiError } from '../../parts/api.ts';
import type { AccountDraft, AccountEdit } from './api.ts';
import { SHEET } from './texts.ts';

type Value = string | number | null | undefined;
/** A field that both changed: what stands now, and how to take it over. */
type Clash = { label: string; theirs: string; take: () => void };
/** One field of the form: what is filled in, and what it is in another draft. */
type Slot = { key: string; label: string; of: (draft: AccountDraft) => Value; put: (value: Value) => void };

const TEXTS = ['name', 'industry', 'region', 'size'] as const;
const isSame = (a: Value, b: Value) => (a ?? '') === (b ?? '');

const draftOf = ({ account, custom }: AccountView): AccountDraft => {
  const { name, industry, region, size } = account;
  return { name, industry, region, size, custom: { ...custom } };
};
const EMPTY: AccountDraft = { name: '', industry: '', region: '', size: '', custom: {} };

/** Every field of the form, the built-in ones first. */
const slotsOf = (draft: AccountDraft, shown: AccountView | undefined): Slot[] => [
  ...TEXTS.map((key) => ({
    key,
    label: SHEET[key],
    of: (other: AccountDraft) => other[key],
    put: (value: Value) => void (draft[key] = String(value ?? '')),
  })),
  ...(shown?.customFields ?? []).map(({ key, label }) => ({
    key: `custom.${key}`,
    label,
    of: ({ custom }: AccountDraft) => custom[key],
    put: (value: Value) => void (draft.custom[key] = value ?? null),
  })),
];

/** What a refusal says that somebody else was faster; null for any other. Its details have the shape that the contract says. */
const overtakenBy = (error: unknown) =>
  error instanceof ApiError && error.code === 'changed_meanwhile'
    ? (error.details as { version: number; values: AccountDraft })
    : null;

/**
 * What is filled in of an account, beside what it began with. Only what was changed is sent; when somebody was faster, what was
 * not touched follows them, and what both changed is offered field by field. Nothing that was typed is lost.
 */
export function useAccountDraft(shown: AccountView | undefined) {
  const base = shallowRef(shown ? draftOf(shown) : EMPTY);
  const draft = reactive<AccountDraft>({ ...base.value, custom: { ...base.value.custom } });
  const slots = slotsOf(draft, shown);
  const version = shallowRef(shown?.version ?? 0);
  const isOvertaken = shallowRef(false);
  const changed = () => slots.filter(({ of }) => !isSame(of(draft), of(base.value)));

  function edit(): AccountEdit {
    const keys = new Set(changed().map(({ key }) => key));
    const texts = TEXTS.filter((key) => keys.has(key)).map((key) => [key, draft[key]]);
    const own = Object.entries(draft.custom).filter(([key]) => keys.has(`custom.${key}`));
    return { ...Object.fromEntries(texts), custom: Object.fromEntries(own), version: version.value };
  }
  function refused(error: unknown): void {
    const newer = overtakenBy(error);
    if (!newer) return;
    const mine = changed();
    for (const slot of slots) if (!mine.includes(slot)) slot.put(slot.of(newer.values));
    [base.value, version.value, isOvertaken.value] = [newer.values, newer.version, true];
  }
  const clashes = computed((): Clash[] =>
    (isOvertaken.value ? changed() : []).map(({ label, of, put }) => {
      const theirs = of(base.value);
      return { label, theirs: String(theirs ?? ''), take: () => put(theirs) };
    }),
  );
  return { draft, version, clashes, edit, refused };
}
