import { computed, shallowRef, watch } from 'vue';
import type { AccountsView } from '../../../server/api/contract/accounts.ts';
import { useList } from '../use-list.ts';
import { NO_FILTER, readAccounts } from './api.ts';
import { meet } from './people.ts';

/** The accounts that fit the filter, a page after the other. */
export function useAccounts() {
  const filter = shallowRef(NO_FILTER);
  const ask = async (after?: string): Promise<AccountsView> => {
    const page = await readAccounts(filter.value, after);
    meet(page.accounts.flatMap(({ owner, deputy }) => [owner, deputy]));
    return page;
  };
  const { view, reload } = useList(() => ask());
  watch(filter, reload);
  const found = computed(() => (view.value.is === 'ready' ? view.value.answer : null));
  return {
    view,
    found,
    filter,
    reload,
    /** The next page, below what stands there. */
    more: async () => {
      const before = found.value;
      if (!before?.next) return;
      const page = await ask(before.next);
      if (found.value !== before) return;
      view.value = {
        is: 'ready',
        answer: { accounts: [...before.accounts, ...page.accounts], next: page.next },
      };
    },
  };
}
