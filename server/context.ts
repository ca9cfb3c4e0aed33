import type { DoctorParts } from './doctor-parts.ts';
import type { HeadsFile } from './heads-file.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Outgoing } from './outgoing/create-outgoing.ts';
import type { Signer } from './signer.ts';
import type { AccountBookStore } from './store/account-book.ts';
import type { AbsenceStore } from './store/absences.ts';
import type { AccountStore } from './store/accounts.ts';
import type { AnnouncementStore } from './store/announcements.ts';
import type { AnswerStore } from './store/answers.ts';
import type { ApiKeyStore } from './store/api-keys.ts';
import type { AuditStore } from './store/audit.ts';
import type { BookStore } from './store/books.ts';
import type { CampaignStore } from './store/campaigns.ts';
import type { ChannelStore } from './store/channels.ts';
import type { ClassificationStore } from './store/classification.ts';
import type { ClaimStore } from './store/claims.ts';
import type { ComplaintStore } from './store/complaints.ts';
import type { ContactHistoryStore } from './store/contact-history.ts';
import type { ContactPageStore } from './store/contact-pages.ts';
import type { ContactStore } from './store/contacts.ts';
import type { ContractStore } from './store/contracts.ts';
import type { DatabaseProbe } from './store/database-probe.ts';
import type { DeliveryStore } from './store/deliveries.ts';
import type { DepartmentStore } from './store/departments.ts';
import type { DueStore } from './store/due.ts';
import type { ExportStore } from './store/exports.ts';
import type { FollowUpStore } from './store/follow-ups.ts';
import type { GroupStore } from './store/groups.ts';
import type { HistoryStore } from './store/history.ts';
import type { InboxStore } from './store/inbox.ts';
import type { InvitationStore } from './store/invitations.ts';
import type { KdmChangeStore } from './store/kdm-changes.ts';
import type { LedgerStore } from './store/ledger.ts';
import type { LockStore } from './store/locks.ts';
import type { MergeStore } from './store/merges.ts';
import type { NoticeStore } from './store/notices.ts';
import type { OpportunityStore } from './store/opportunities.ts';
import type { OrderStore } from './store/orders.ts';
import type { PoolStore } from './store/pool.ts';
import type { ProductStore } from './store/products.ts';
import type { PromiseStore } from './store/promises.ts';
import type { QuestionStore } from './store/questions.ts';
import type { RelationStore } from './store/relations.ts';
import type { RunStore } from './store/runs.ts';
import type { SessionStore } from './store/sessions.ts';
import type { SettingsStore } from './store/settings.ts';
import type { SharedStore } from './store/shared.ts';
import type { SplitStore } from './store/splits.ts';
import type { StaffStore } from './store/staff.ts';
import type { SyncStore } from './store/syncs.ts';
import type { TagCatalogStore } from './store/tag-catalog.ts';
import type { TaskStore } from './store/tasks.ts';
import type { TouchStore } from './store/touches.ts';
import type { TransferStore } from './store/transfers.ts';
import type { WarningStore } from './store/warnings.ts';
import type { WatchedStore } from './store/watched.ts';
import type { WebhookStore } from './store/webhooks.ts';
import type { Wecom } from './wecom/create-wecom.ts';

/** Facts about this installation that flows need. */
export type Site = {
  corpId: string;
  agentId: string;
  corpName: string; // as customers read it; may be empty
  publicUrl: string; // without a slash at the end
  timeZone: string;
  welcomeText: string; // empty: nobody is welcomed
  adminIds: readonly string[];
  trustedProxies: number; // in front of us; so many entries of X-Forwarded-For, from the right, are true
  metricsToken: string | null; // who shows it may read numbers
  hasMetricsPort: boolean; // numbers are read there, not here
  verifyFile: string | null; // the ownership file of the trusted domain, e.g. WW_verify_….txt
};

/** Everything a flow may hold; a flow names what it uses with `Pick<Context, …>`. */
export type Context = {
  site: Site;
  now: () => Date;
  log: Log;
  metrics: Metrics;
  signer: Signer;
  /** What one examination looks at; nothing is remembered from an earlier one. */
  doctor: () => DoctorParts;
  wecom: Wecom;
  /** Requests to servers of other people. */
  outgoing: Outgoing;
  headsFile: HeadsFile;
  shared: SharedStore;
  /** Counts who asks how often; what is counted least is forgotten first. */
  rates: Pick<SharedStore, 'count'>;
  database: DatabaseProbe;
  /** Bytes free where the embedded database lies; null: the database is elsewhere, or the system does not tell. */
  freeBytes: () => Promise<number | null>;
  accountBook: AccountBookStore;
  absences: AbsenceStore;
  accounts: AccountStore;
  announcements: AnnouncementStore;
  answers: AnswerStore;
  apiKeys: ApiKeyStore;
  audit: AuditStore;
  books: BookStore;
  campaigns: CampaignStore;
  channels: ChannelStore;
  classification: ClassificationStore;
  claims: ClaimStore;
  complaints: ComplaintStore;
  contactHistory: ContactHistoryStore;
  contactPages: ContactPageStore;
  contacts: ContactStore;
  contracts: ContractStore;
  deliveries: DeliveryStore;
  departments: DepartmentStore;
  due: DueStore;
  exports: ExportStore;
  followUps: FollowUpStore;
  groups: GroupStore;
  history: HistoryStore;
  inbox: InboxStore;
  invitations: InvitationStore;
  kdmChanges: KdmChangeStore;
  ledger: LedgerStore;
  locks: LockStore;
  merges: MergeStore;
  splits: SplitStore;
  notices: NoticeStore;
  opportunities: OpportunityStore;
  orders: OrderStore;
  pool: PoolStore;
  products: ProductStore;
  promises: PromiseStore;
  questions: QuestionStore;
  relations: RelationStore;
  runs: RunStore;
  sessions: SessionStore;
  settings: SettingsStore;
  staff: StaffStore;
  syncs: SyncStore;
  tagCatalog: TagCatalogStore;
  tasks: TaskStore;
  touches: TouchStore;
  transfers: TransferStore;
  warnings: WarningStore;
  watched: WatchedStore;
  webhooks: WebhookStore;
};
