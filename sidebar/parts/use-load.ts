import { computed, onMounted, shallowRef } from 'vue';
import { problemText } from './problem-text.ts';

/** What a view shows of the server's: `isRefreshing` while it is read once more, `problem` is for people. */
export type Loaded<Answer> =
  | { is: 'waiting' }
  | { is: 'ready'; answer: Answer; isRefreshing: boolean }
  | { is: 'failed'; problem: string };

/**
 * Reads what a view shows when it opens. `reload` reads it once more, below what stands there; `restart` asks something else, so
 * nothing stands there meanwhile. An answer that was overtaken is dropped.
 */
export function useLoad<Answer>(read: () => Promise<Answer>) {
  const view = shallowRef<Loaded<Answer>>({ is: 'waiting' });
  let latest = 0;
  const load = async () => {
    const mine = (latest += 1);
    const next = await read().then(
      (answer) => ({ is: 'ready', answer, isRefreshing: false }) as const,
      (error: unknown) => ({ is: 'failed', problem: problemText(error) }) as const,
    );
    if (mine === latest) view.value = next;
  };
  const restart = () => {
    view.value = { is: 'waiting' };
    return load();
  };
  const reload = () => {
    if (view.value.is !== 'ready') return restart();
    view.value = { ...view.value, isRefreshing: true };
    return load();
  };
  onMounted(load);
  return {
    view,
    /** What was read; null while there is nothing. */
    answer: computed(() => (view.value.is === 'ready' ? view.value.answer : null)),
    /** Puts another answer in the place of the one that is shown. */
    show: (answer: Answer) => {
      if (view.value.is === 'ready') view.value = { ...view.value, answer };
    },
    reload,
    restart,
  };
}
