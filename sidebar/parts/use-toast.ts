import { onScopeDispose, shallowReadonly, shallowRef } from 'vue';
import type { Said, SaidAct } from './said.ts';

/** ms a toast stays; a refusal has to be read, and where something can be done there must be time for it. */
const STAY_MS = 3_000;
const REFUSED_STAY_MS = 6_000;
const ACT_STAY_MS = 10_000;

/** What is shown, and what can be done about it. */
export type ToastShown = { text: string; isRefused: boolean; act: SaidAct | null };

function shownOf(said: Said, clear: () => void): ToastShown {
  if (typeof said === 'string') return { text: said, isRefused: false, act: null };
  if ('refused' in said) return { text: said.refused, isRefused: true, act: null };
  const { label, run } = said.act;
  const once = () => {
    clear();
    run();
  };
  return { text: said.done, isRefused: false, act: { label, run: once } };
}

function stayOf({ isRefused, act }: ToastShown): number {
  if (act) return ACT_STAY_MS;
  return isRefused ? REFUSED_STAY_MS : STAY_MS;
}

/** A word that clears itself; a new one replaces the old. */
export function useToast() {
  const toast = shallowRef<ToastShown | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = () => (toast.value = null);
  const show = (said: Said) => {
    clearTimeout(timer);
    toast.value = shownOf(said, clear);
    timer = setTimeout(clear, stayOf(toast.value));
  };
  onScopeDispose(() => clearTimeout(timer));
  return { toast: shallowReadonly(toast), show };
}
