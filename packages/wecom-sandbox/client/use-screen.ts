import { shallowRef } from 'vue';

/** The columns of a narrow screen, one at a time. */
export const TABS = ['who', 'chats', 'side', 'log'] as const;
export type Tab = (typeof TABS)[number];

/** Which column a narrow screen shows, and which parts of the page are open. */
export function useScreen() {
  return {
    tab: shallowRef<Tab>('chats'),
    isLogOpen: shallowRef(false),
    isTourOpen: shallowRef(false),
    isAdding: shallowRef(false),
  };
}
