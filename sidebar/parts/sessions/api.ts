import type { EndedSessions } from '../../../server/api/contract/session.ts';
import { call } from '../api.ts';

/** Signs out in all browsers, this one included. */
export const endOwnSessions = () => call<EndedSessions>('/me/sessions/end', { everywhere: true });

/** Leaves for the page that ends this browser's sign-in, and from which a new one leads back to this page. */
export function goSignOut(): void {
  const next = encodeURIComponent(location.pathname + location.search + location.hash);
  location.href = `/auth/logout?next=${next}`;
}
