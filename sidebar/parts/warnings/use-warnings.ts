import type { WarningView } from '../../../server/api/contract/warnings.ts';
import { useLoad } from '../use-load.ts';
import { readWarnings } from './api.ts';

/** The unresolved warnings of one account; null until they are read. */
export function useWarnings(accountId: string) {
  const { view, answer, show, reload } = useLoad(async () => (await readWarnings({ accountId })).warnings);
  /** What was handled shows at once: resolved ones leave. */
  const replace = (handled: WarningView) => {
    const rest = (answer.value ?? []).map((one) => (one.id === handled.id ? handled : one));
    show(rest.filter(({ state }) => state !== 'resolved'));
  };
  return { view, warnings: answer, reload, replace };
}
