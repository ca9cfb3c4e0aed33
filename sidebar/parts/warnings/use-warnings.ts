import { onMounted, shallowRef } from 'vue';
import type { WarningView } from '../../../server/api/contract/warnings.ts';
import { readWarnings } from './api.ts';

/** The unresolved warnings of one account; null until they are read. */
export function useWarnings(accountId: string) {
  const warnings = shallowRef<WarningView[] | null>(null);
  const isBroken = shallowRef(false);
  const reload = async () => {
    isBroken.value = false;
    try {
      const answer = await readWarnings({ accountId });
      warnings.value = answer.warnings;
    } catch {
      isBroken.value = true;
    }
  };
  /** What was handled shows at once: resolved ones leave. */
  const replace = (handled: WarningView) => {
    const rest = (warnings.value ?? []).map((one) => (one.id === handled.id ? handled : one));
    warnings.value = rest.filter(({ state }) => state !== 'resolved');
  };
  onMounted(reload);
  return { warnings, isBroken, reload, replace };
}
