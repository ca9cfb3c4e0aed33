import { shallowRef, watch } from 'vue';
import { place } from '../place.ts';
import { usePages } from '../use-pages.ts';
import { NO_FILTER, readAccounts, type AccountFilter } from './api.ts';
import { meet } from './people.ts';

/** What a link that led here asks for. */
function wished(): AccountFilter {
  const { wish } = place.value;
  const known = Object.keys(NO_FILTER).flatMap((key) => (wish.has(key) ? [[key, wish.get(key)]] : []));
  return { ...NO_FILTER, ...Object.fromEntries(known) };
}

/** The accounts that fit the filter, a page after the other. */
export function useAccounts() {
  const filter = shallowRef(wished());
  const pages = usePages(async (after) => {
    const { accounts, next } = await readAccounts(filter.value, after);
    meet(accounts.flatMap(({ owner, deputy }) => [owner, deputy]));
    return { rows: accounts, next };
  });
  watch(filter, pages.restart);
  return { ...pages, filter };
}
