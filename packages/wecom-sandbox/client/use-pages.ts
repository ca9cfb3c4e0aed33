import { shallowRef, watch, type Ref } from 'vue';

/** The page opened from a message: in the phone's web view, or in the panel instead of the sidebar. */
export function usePages(round: Readonly<Ref<unknown>>) {
  const href = shallowRef<string | null>(null);
  watch(round, () => (href.value = null));
  return {
    href,
    open: (address: string) => (href.value = address),
    close: () => (href.value = null),
  };
}
