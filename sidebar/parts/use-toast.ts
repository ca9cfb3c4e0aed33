import { onScopeDispose, readonly, ref } from 'vue';

/** ms a toast stays. */
const STAY_MS = 3_000;

/** A text that clears itself; a new one replaces the old. */
export function useToast() {
  const text = ref('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (next: string) => {
    clearTimeout(timer);
    text.value = next;
    timer = setTimeout(() => (text.value = ''), STAY_MS);
  };
  onScopeDispose(() => clearTimeout(timer));
  return { text: readonly(text), show };
}
