import { reactive, ref, watch } from 'vue';
import type { KdmConflict, KdmField, KdmProblems } from '../../../server/api/contract/kdm.ts';
import type { Profile } from '../../../server/api/contract/profile.ts';
import { ApiError, NoAnswer } from '../../parts/api.ts';
import { readProfile } from '../api.ts';
import { saveKdm } from './api.ts';
import { bodyOf, draftBox, freshDraft, rebase, type Draft, type Values } from './draft.ts';
import { EDIT, FIELD } from './texts.ts';

/** Why the last save did not work, in words; `isSignedOut` when only signing in helps. */
type Refusal = { text: string; isSignedOut: boolean };
/** What is wrong, by field of the body, e.g. `methods.0.value`. */
export type Problems = Readonly<Record<string, string>>;

const refuse = (text: string): Refusal => ({ text, isSignedOut: false });

/** Puts a failed save into words. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof NoAnswer) return refuse(EDIT.failed.offline);
  if (error instanceof ApiError && error.status === 401) {
    return { text: EDIT.failed.signedOut, isSignedOut: true };
  }
  return refuse(EDIT.failed.refused(error instanceof Error ? error.message : String(error)));
}

/** What the domain found wrong, by field; none for other failures. */
function problemsOf(error: unknown): Problems {
  if (!(error instanceof ApiError && error.code === 'invalid_kdm')) return {};
  const details = error.details as KdmProblems;
  return Object.fromEntries(details.map(({ field, message }) => [field, message]));
}

const NAMES: Partial<Record<keyof Values, KdmField>> = { superior: 'superiorId', upToYuan: 'budgetUpToFen' };
const nameOf = (field: keyof Values) => FIELD[NAMES[field] ?? (field as KdmField)];

/** Takes what others saved into the draft, and tells what happened to it. */
async function mergeInto(draft: Draft, id: string, conflict: KdmConflict | undefined): Promise<Refusal> {
  const { draft: merged, clashes } = rebase(draft, await readProfile(id));
  Object.assign(draft, merged);
  const fields = (conflict?.fields ?? []).map((field) => FIELD[field]);
  return refuse(EDIT.merged(conflict?.by ?? null, fields, clashes.map(nameOf)));
}

/** Sends a draft. @returns null when it is saved, else what to tell and to mark. */
async function send(draft: Draft, id: string): Promise<{ refusal: Refusal; problems: Problems } | null> {
  const body = bodyOf(draft);
  if (Number.isNaN(body.kdm.budgetUpToFen)) {
    return { refusal: refuse(EDIT.failed.problems(1)), problems: { budgetUpToFen: EDIT.failed.amount } };
  }
  try {
    await saveKdm(id, body);
    return null;
  } catch (error) {
    const problems = problemsOf(error);
    const count = Object.keys(problems).length;
    if (count > 0) return { refusal: refuse(EDIT.failed.problems(count)), problems };
    if (!(error instanceof ApiError && error.code === 'changed_meanwhile')) {
      return { refusal: refusalOf(error), problems };
    }
    const told = error.details as KdmConflict | undefined;
    return { refusal: await mergeInto(draft, id, told).catch(refusalOf), problems };
  }
}

/** The profile being edited. Every keystroke is kept for the tab until the server has it. */
export function useKdmEdit(profile: Profile, onSaved: () => void) {
  const { externalUserId } = profile.contact;
  const box = draftBox(externalUserId);
  const kept = box.read();
  const draft = reactive<Draft>(kept ?? freshDraft(profile));
  const isSaving = ref(false);
  const refusal = ref<Refusal | null>(null);
  const problems = ref<Problems>({});

  watch(draft, (changed) => box.keep(changed), { deep: true });

  const save = async () => {
    if (isSaving.value) return;
    isSaving.value = true;
    const failure = await send(draft, externalUserId);
    isSaving.value = false;
    refusal.value = failure?.refusal ?? null;
    problems.value = failure?.problems ?? {};
    if (failure) return box.keep(draft);
    box.drop();
    onSaved();
  };

  return { draft, isRestored: kept !== null, isSaving, refusal, problems, save };
}
