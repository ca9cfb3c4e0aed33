import { ref } from 'vue';
import type { WarningView } from '../../../server/api/contract/warnings.ts';
import { ApiError } from '../api.ts';
import { acknowledgeWarning, resolveWarning } from './api.ts';
import { WARNING } from './texts.ts';

/** Takes a warning on, or ends it; `problem` says why that did not work. */
export function useHandling(id: string, onHandled: (warning: WarningView) => void) {
  const isSaving = ref(false);
  const problem = ref('');
  const run = async (send: () => Promise<WarningView>) => {
    if (isSaving.value) return;
    isSaving.value = true;
    problem.value = '';
    try {
      onHandled(await send());
    } catch (error) {
      problem.value = error instanceof ApiError ? error.message : WARNING.offline;
    } finally {
      isSaving.value = false;
    }
  };
  return {
    isSaving,
    problem,
    acknowledge: (note: string) => run(() => acknowledgeWarning(id, note.trim())),
    resolve: async (note: string) => {
      if (note.trim()) await run(() => resolveWarning(id, note.trim()));
      else problem.value = WARNING.noteMissing;
    },
  };
}
