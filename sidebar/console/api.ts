import type { Events, Notices, Replayed, SyncBegun, Syncs } from '../../server/api/contract/console.ts';
import type { DoctorReport } from '../../server/api/contract/doctor.ts';
import type { PoolView, TransferView } from '../../server/api/contract/transfers.ts';
import { call } from '../parts/api.ts';

/** The doctor waits up to 5 s at each of several doors. */
const DOCTOR_LIMIT_MS = 90_000;

/** Examines the installation; admins only, like everything of the console. */
export const postDoctor = () => call<DoctorReport>('/doctor', {}, { limitMs: DOCTOR_LIMIT_MS });
/** The last synchronisations. */
export const readSyncs = () => call<Syncs>('/console/syncs');
/** Begins a synchronisation, unless one is under way. */
export const beginSync = () => call<SyncBegun>('/console/syncs', {});
/** Callback events that failed. */
export const readEvents = () => call<Events>('/console/events');
/** Works on an event once more; the answer tells how that went. */
export const replayEvent = (id: string) =>
  call<Replayed>(`/console/events/${id}/replay`, {}, { limitMs: 60_000 });
/** What is open for administrators. */
export const readNotices = () => call<Notices>('/console/notices');
/** The last transfers between members. */
export const readTransfers = () => call<{ transfers: TransferView[] }>('/transfers?limit=100');
/** Accounts without an owner, the longest there first; at most 100. */
export const readPool = () => call<PoolView>('/pool?limit=500');
