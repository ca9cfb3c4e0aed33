import { computed } from 'vue';
import { usePages } from '../use-pages.ts';
import { readTwins } from './api.ts';

/** Accounts that may be one company, a page after the other; `count` as far as they are read, null where there are none. */
export function useTwins() {
  const pages = usePages(async (after) => {
    const { groups, next } = await readTwins(after);
    return { rows: groups, next };
  });
  const count = computed(() => {
    const found = pages.rows.value.length;
    return found > 0 ? `${found}${pages.more.value ? '+' : ''}` : null;
  });
  return { ...pages, count };
}
