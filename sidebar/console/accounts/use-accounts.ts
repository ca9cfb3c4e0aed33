import { shallowRef, watch } from 'vue';
import { usePages } from '../use-pages.ts';
import { NO_FILTER, readAccounts } from './api.ts';
import { meet } from './people.ts';

/** The accounts that fit the filter, a page after the other. */
export function useAccounts() {
  const filter = shallowRef(NO_FILTER);
  const pages = usePages(async (after) => {
    const { accounts, next } = await readAccounts(filter.value, after);
    meet(accounts.flatMap(({ owner, deputy }) => [owner, deputy]));
    return { rows: accounts, next };
  });
  watch(filter, pages.reload);
  return { ...pages, filter };
}
