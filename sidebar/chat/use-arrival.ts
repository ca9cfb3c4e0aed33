import { onScopeDispose, watch, type Ref } from 'vue';
import type { View } from './view.ts';

/** Pauses between two looks, ms: soon at first, as a new customer arrives within seconds. */
const FIRST_PAUSE_MS = 1500;
const LONGEST_PAUSE_MS = 30_000;

const isAwaited = (view: View) => view.is === 'failed' && view.problem.code === 'not_synced';

/** Looks again without a word while the customer of the chat is not known yet; `look` gives the view, or null for nothing new. */
export function useArrival(view: Ref<View>, look: () => Promise<View | null>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (ms: number) => {
    timer = setTimeout(async () => {
      const found = document.hidden ? null : await look().catch(() => null);
      if (!isAwaited(view.value)) return;
      if (found) view.value = found;
      else wait(Math.min(ms * 1.5, LONGEST_PAUSE_MS));
    }, ms);
  };
  watch(view, (now) => {
    clearTimeout(timer);
    if (isAwaited(now)) wait(FIRST_PAUSE_MS);
  });
  onScopeDispose(() => clearTimeout(timer));
}
