import { computed, shallowRef, watch } from 'vue';
import type { Warnings, WarningView } from '../../../server/api/contract/warnings.ts';
import { readWarnings } from '../../parts/warnings/api.ts';
import { useList } from '../use-list.ts';

type Filter = { level: WarningView['level'] | ''; state: WarningView['state'] | 'unresolved' };

/** The warnings of the team, or of everybody for administrators, a page after the other. */
export function useWarnings() {
  const filter = shallowRef<Filter>({ level: '', state: 'unresolved' });
  const ask = (before?: string): Promise<Warnings> => {
    const { level, state } = filter.value;
    return readWarnings({ level: level || undefined, state, before });
  };
  const { view, reload } = useList(() => ask());
  watch(filter, reload);
  const found = computed(() => (view.value.is === 'ready' ? view.value.answer : null));
  const show = (warnings: WarningView[], nextBefore: string | null) => {
    view.value = { is: 'ready', answer: { warnings, nextBefore } };
  };
  return {
    view,
    found,
    filter,
    reload,
    /** The next page, below what stands there. */
    more: async () => {
      const before = found.value;
      if (!before?.nextBefore) return;
      const next = await ask(before.nextBefore);
      if (found.value === before) show([...before.warnings, ...next.warnings], next.nextBefore);
    },
    /** What was handled shows at once. */
    replace: (handled: WarningView) => {
      if (!found.value) return;
      const { warnings, nextBefore } = found.value;
      show(
        warnings.map((one) => (one.id === handled.id ? handled : one)),
        nextBefore,
      );
    },
  };
}
