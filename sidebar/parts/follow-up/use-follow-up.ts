import { reactive, ref, watch } from 'vue';
import type { CadenceView } from '../../../server/api/contract/profile.ts';
import { ApiError, NoAnswer } from '../api.ts';
import { bodyOf, draftBox, emptyDraft, faultOf, type Draft } from './draft.ts';
import type { Talk } from './talk.ts';
import { FOLLOW_UP } from './texts.ts';

/** Why the last save did not work, in words; `isSignedOut` when only signing in helps, `wasSent` when it may be sent again as it is. */
export type Refusal = { text: string; isSignedOut: boolean; wasSent: boolean };

/** Puts a failed save into words. Only a lost connection is sure to be worth a plain retry. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof NoAnswer) return { text: FOLLOW_UP.failed.offline, isSignedOut: false, wasSent: true };
  if (error instanceof ApiError && error.status === 401)
    return { text: FOLLOW_UP.failed.signedOut, isSignedOut: true, wasSent: true };
  const message = error instanceof Error ? error.message : String(error);
  return { text: FOLLOW_UP.failed.refused(message), isSignedOut: false, wasSent: true };
}

/**
 * The follow-up being written. Every keystroke is kept for the tab, and the request id stays until the server has
 * confirmed, so that a retry never records twice.
 */
export function useFollowUp(talk: () => Talk, onSaved: (cadence: CadenceView) => void) {
  const box = draftBox(talk().key);
  const kept = box.read();
  const draft = reactive<Draft>({ ...emptyDraft(talk().channel), ...kept });
  const isSaving = ref(false);
  const refusal = ref<Refusal | null>(null);

  const change = (changed: Draft) => {
    box.keep(changed);
    if (refusal.value && !refusal.value.wasSent) refusal.value = null; // what was missing may be there now
  };
  watch(draft, change, { deep: true, flush: 'sync' }); // before a button that fills in and saves says what is missing

  const send = async () => {
    try {
      const { cadence } = await talk().send(bodyOf(draft, talk()), draft.who);
      box.drop();
      onSaved(cadence);
    } catch (error) {
      box.keep(draft);
      refusal.value = refusalOf(error);
    }
  };

  const save = async () => {
    const fault = faultOf(draft, talk().promises);
    refusal.value = fault === null ? null : { text: fault, isSignedOut: false, wasSent: false };
    if (fault !== null || isSaving.value) return;
    isSaving.value = true;
    await send();
    isSaving.value = false;
  };

  return { draft, isRestored: kept !== null, isSaving, refusal, save };
}
