import type { Events, Notices, Replayed, Syncs } from '../../../server/api/contract/console.ts';
import { json } from 'node:stream/consumers';
import type { AuditVerified, AuditView } from '../../../server/api/contract/audit.ts';
import type { EndedSessions, SessionsView } from '../../../server/api/contract/session.ts';
import type {
  PreviewUnderway,
  PreviewView,
  SectionSaved,
  SettingsView,
} from '../../../server/api/contract/settings.ts';
import type { DoctorReport } from '../../../server/api/contract/doctor.ts';
import type { PoolView, TransferView } from '../../../server/api/contract/transfers.ts';
import { CHANNEL_DOORS, type ChannelApi } from './channel-answers.ts';
import type { Door, Reply } from './serve-pages.ts';

/** What the server says to the console. */
export type ConsoleApi = ChannelApi & {
  doctor: () => Reply<DoctorReport>;
  syncs: () => Reply<Syncs>;
  events: () => Reply<Events>;
  replay: (id: string) => Reply<Replayed>;
  notices: () => Reply<Notices>;
  transfers: () => Reply<{ transfers: TransferView[] }>;
  pool: () => Reply<PoolView>;
  settings: () => Reply<SettingsView>;
  saveSection: (name: string, wish: unknown) => Reply<SectionSaved>;
  previewSection: (name: string) => Reply<PreviewView | PreviewUnderway>;
  sessions: () => Reply<SessionsView>;
  endSessions: (whose: string) => Reply<EndedSessions>;
  audit: (query: string) => Reply<AuditView>;
  verifyAudit: () => Reply<AuditVerified>;
};

/** The console's part of the scripted API. */
export const CONSOLE_DOORS: Door<ConsoleApi>[] = [
  ...CHANNEL_DOORS,
  [/^POST \/api\/v1\/doctor$/, (api) => api.doctor()],
  [/^GET \/api\/v1\/console\/syncs$/, (api) => api.syncs()],
  [/^GET \/api\/v1\/console\/events$/, (api) => api.events()],
  [/^POST \/api\/v1\/console\/events\/(.+)\/replay$/, (api, id) => api.replay(id)],
  [/^GET \/api\/v1\/console\/notices$/, (api) => api.notices()],
  [/^GET \/api\/v1\/transfers\?limit=100$/, (api) => api.transfers()],
  [/^GET \/api\/v1\/pool\?limit=500$/, (api) => api.pool()],
  [/^GET \/api\/v1\/settings$/, (api) => api.settings()],
  [/^POST \/api\/v1\/settings\/(.+)\/preview$/, (api, name) => api.previewSection(name)],
  [
    /^POST \/api\/v1\/settings\/(.+)$/,
    async (api, name, request) => api.saveSection(name, await json(request)),
  ],
  [/^GET \/api\/v1\/sessions$/, (api) => api.sessions()],
  [/^POST \/api\/v1\/(me|members\/.+)\/sessions\/end$/, (api, whose) => api.endSessions(whose)],
  [/^GET \/api\/v1\/audit\/verify$/, (api) => api.verifyAudit()],
  [/^GET \/api\/v1\/audit\?(.*)$/, (api, query) => api.audit(query)],
];
