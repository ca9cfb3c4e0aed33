import { readonly, ref } from 'vue';

/** The parts of the console, in the order of their tabs. */
export const TABS = ['checkup', 'syncs', 'events', 'notices', 'handovers'] as const;
export type TabName = (typeof TABS)[number];

const tabInAddress = (): TabName => TABS.find((name) => location.hash === `#${name}`) ?? 'checkup';

/** Which tab is open; the address remembers it over a reload, without a new entry in the history. */
export function useTab() {
  const tab = ref<TabName>(tabInAddress());
  const open = (next: TabName) => {
    tab.value = next;
    history.replaceState(null, '', `#${next}`);
  };
  return { tab: readonly(tab), open };
}
