import { ref } from 'vue';
import { problemText } from './problem-text.ts';

/** Sends what was filled in, one act at a time; `problem` says why that did not work, in the words of `textOf`, and what was filled in stays. */
export function useSubmit(textOf: (error: unknown) => string = problemText) {
  const isBusy = ref(false);
  const problem = ref('');
  const submit = async (act: () => Promise<void>) => {
    if (isBusy.value) return;
    isBusy.value = true;
    problem.value = '';
    try {
      await act();
    } catch (error) {
      problem.value = textOf(error);
    } finally {
      isBusy.value = false;
    }
  };
  return { isBusy, problem, submit };
}
