import type { EndedSessions, SessionsView } from '../../../server/api/contract/session.ts';
import { call } from '../../parts/api.ts';

/** Who is signed in now; for administrators. */
export const readSessions = () => call<SessionsView>('/sessions');

/** Signs a member out in all browsers. */
export const endSessions = (staffId: string) =>
  call<EndedSessions>(`/members/${encodeURIComponent(staffId)}/sessions/end`, {});
