import { ref } from 'vue';
import type { CadenceView, FollowUpSaved } from '../../../server/api/contract/profile.ts';
import { ApiError } from '../api.ts';
import { ACT } from './texts.ts';

/** Sends one act of a sheet; `problem` says why that did not work, and what was filled in stays. */
export function useAct(onDone: (cadence: CadenceView) => void) {
  const isBusy = ref(false);
  const problem = ref('');
  const send = async (act: () => Promise<FollowUpSaved>) => {
    if (isBusy.value) return;
    isBusy.value = true;
    problem.value = '';
    try {
      onDone((await act()).cadence);
    } catch (error) {
      problem.value = error instanceof ApiError ? error.message : ACT.offline;
    } finally {
      isBusy.value = false;
    }
  };
  return { isBusy, problem, send };
}
