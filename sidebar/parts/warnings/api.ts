import type { Warnings, WarningView } from '../../../server/api/contract/warnings.ts';
import { call, readMe } from '../api.ts';

/** Which warnings to list; what is left out does not narrow. `before` continues a page. */
export type WarningFilter = {
  level?: WarningView['level'] | undefined;
  kind?: WarningView['kind'] | undefined;
  state?: WarningView['state'] | 'unresolved' | undefined;
  accountId?: string | undefined;
  before?: string | undefined;
  limit?: number;
};

/** The widest scope of each role. */
const SCOPE = { sales: 'own', manager: 'team', admin: 'all' } as const;

/** Warnings of whatever the visitor may see, the latest first. */
export async function readWarnings(filter: WarningFilter): Promise<Warnings> {
  const { role } = await readMe();
  const query = new URLSearchParams({ scope: SCOPE[role] });
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
