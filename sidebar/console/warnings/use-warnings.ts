import { shallowRef, watch } from 'vue';
import type { WarningView } from '../../../server/api/contract/warnings.ts';
import { readWarnings } from '../../parts/warnings/api.ts';
import { usePages } from '../use-pages.ts';

type Filter = { level: WarningView['level'] | ''; state: WarningView['state'] | 'unresolved' };

/** The warnings of the team, or of everybody for administrators, a page after the other. */
export function useWarnings() {
  const filter = shallowRef<Filter>({ level: '', state: 'unresolved' });
  const { replace, ...pages } = usePages(async (before) => {
    const { level, state } = filter.value;
    const { warnings, nextBefore } = await readWarnings({ level: level || undefined, state, before });
    return { rows: warnings, next: nextBefore };
  });
  watch(filter, pages.restart);
  return {
    ...pages,
    filter,
    /** What was handled shows at once. */
    replace: (handled: WarningView) => replace(({ id }) => id === handled.id, handled),
  };
}
