import type { Warnings, WarningView } from '../../../server/api/contract/warnings.ts';
import { call } from '../api.ts';

/** Which warnings to list; what is left out does not narrow. `before` continues a page. */
export type WarningFilter = {
  scope?: 'own' | 'team' | 'all';
  level?: WarningView['level'] | undefined;
  kind?: WarningView['kind'] | undefined;
  state?: WarningView['state'] | 'unresolved' | undefined;
  accountId?: string | undefined;
  before?: string | undefined;
  limit?: number;
};

/** Warnings, the latest first. */
export function readWarnings(filter: WarningFilter): Promise<Warnings> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, String(value));
  return call<Warnings>(`/warnings?${query}`);
}

const warning = (id: string) => `/warnings/${encodeURIComponent(id)}`;

/** The caller is at it; 409 when it is resolved meanwhile. */
export const acknowledgeWarning = (id: string, note: string) =>
  call<WarningView>(`${warning(id)}/acknowledge`, { note });

/** Done, with what was done about it; 409 when it was resolved before. */
export const resolveWarning = (id: string, note: string) =>
  call<WarningView>(`${warning(id)}/resolve`, { note });
