import { onScopeDispose, readonly, shallowRef } from 'vue';
import type { Said } from './said.ts';

/** ms a toast stays; a refusal has to be read. */
const STAY_MS = 3_000;
const REFUSED_STAY_MS = 6_000;

/** A word that clears itself; a new one replaces the old. */
export function useToast() {
  const toast = shallowRef<{ text: string; isRefused: boolean } | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (said: Said) => {
    clearTimeout(timer);
    const isRefused = typeof said !== 'string';
    toast.value = { text: isRefused ? said.refused : said, isRefused };
    timer = setTimeout(() => (toast.value = null), isRefused ? REFUSED_STAY_MS : STAY_MS);
  };
  onScopeDispose(() => clearTimeout(timer));
  return { toast: readonly(toast), show };
}
