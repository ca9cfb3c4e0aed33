import { computed, shallowRef } from 'vue';
import type { DoctorReport } from '../../../server/api/contract/doctor.ts';
import { postDoctor } from '../api.ts';
import { problemText } from '../../parts/problem-text.ts';

/** Before, during and after an examination. */
export type DoctorState =
  | { is: 'idle' }
  | { is: 'running' }
  | { is: 'done'; report: DoctorReport }
  | { is: 'failed'; problem: string };

/** Something has to be done about it. */
const isTodo = ({ status }: { status: string }) => status === 'fail' || status === 'warn';

/** Examines when asked, never by itself: each examination calls WeCom a dozen times. */
export function useDoctor() {
  const state = shallowRef<DoctorState>({ is: 'idle' });
  const start = async () => {
    if (state.value.is === 'running') return;
    state.value = { is: 'running' };
    state.value = await postDoctor().then(
      (report) => ({ is: 'done', report }) as const,
      (error: unknown) => ({ is: 'failed', problem: problemText(error) }) as const,
    );
  };
  const findings = computed(() => (state.value.is === 'done' ? state.value.report.findings : []));
  return {
    state,
    start,
    todo: computed(() => findings.value.filter(isTodo)),
    rest: computed(() => findings.value.filter((finding) => !isTodo(finding))),
    /** How many findings there are of each status. */
    countOf: (status: DoctorReport['findings'][number]['status']) =>
      findings.value.filter((finding) => finding.status === status).length,
  };
}
