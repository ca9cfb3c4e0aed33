import { computed, shallowRef } from 'vue';
import type { Checkup } from '../../../server/api/contract/doctor.ts';
import { runCheckup } from '../api.ts';
import { problemText } from '../../parts/problem-text.ts';

/** Before, during and after an examination. */
export type CheckupState =
  { is: 'idle' } | { is: 'running' } | { is: 'done'; checkup: Checkup } | { is: 'failed'; problem: string };

/** Something has to be done about it. */
const isTodo = ({ status }: { status: string }) => status === 'fail' || status === 'warn';

/** Examines when asked, never by itself: each examination calls WeCom a dozen times. */
export function useCheckup() {
  const state = shallowRef<CheckupState>({ is: 'idle' });
  const start = async () => {
    if (state.value.is === 'running') return;
    state.value = { is: 'running' };
    state.value = await runCheckup().then(
      (checkup) => ({ is: 'done', checkup }) as const,
      (error: unknown) => ({ is: 'failed', problem: problemText(error) }) as const,
    );
  };
  const findings = computed(() => (state.value.is === 'done' ? state.value.checkup.findings : []));
  return {
    state,
    start,
    todo: computed(() => findings.value.filter(isTodo)),
    rest: computed(() => findings.value.filter((finding) => !isTodo(finding))),
    /** How many findings there are of each status. */
    countOf: (status: Checkup['findings'][number]['status']) =>
      findings.value.filter((finding) => finding.status === status).length,
  };
}
