import type { Connection } from 'mongoose';
import { createAccountBookStore } from '../account-book.ts';
import { createAbsenceStore } from '../absences.ts';
import { createAccountStore } from '../accounts.ts';
import { createAnnouncementStore } from '../announcements.ts';
import { createAnswerStore } from '../answers.ts';
import { createApiKeyStore } from '../api-keys.ts';
import type { AuditKeys } from '../audit-keys.ts';
import { createAuditStore } from '../audit.ts';
import { createBookStore } from '../books.ts';
import { createCampaignStore } from '../campaigns.ts';
import { createChannelStore } from '../channels.ts';
import { createClaimStore } from '../claims.ts';
import { createClassificationStore } from '../classification.ts';
import { createComplaintStore } from '../complaints.ts';
import { createContactHistoryStore } from '../contact-history.ts';
import { createContactPageStore } from '../contact-pages.ts';
import { createContactStore } from '../contacts.ts';
import { createContractStore } from '../contracts.ts';
import { createDeliveryStore } from '../deliveries.ts';
import { createDepartmentStore } from '../departments.ts';
import { createDueStore } from '../due.ts';
import { createExportStore } from '../exports.ts';
import { createFollowUpStore } from '../follow-ups.ts';
import { createGroupStore } from '../groups.ts';
import { createHistoryStore } from '../history.ts';
import { createInboxStore } from '../inbox.ts';
import { createInvitationStore } from '../invitations.ts';
import { createKdmChangeStore } from '../kdm-changes.ts';
import { createLedgerStore } from '../ledger.ts';
import { createLockStore } from '../locks.ts';
import { createMergeStore } from '../merges.ts';
import { createNoticeStore } from '../notices.ts';
import { createOpportunityStore } from '../opportunities.ts';
import { createOrderStore } from '../orders.ts';
import { createPoolStore } from '../pool.ts';
import { createProductStore } from '../products.ts';
import { createPromiseStore } from '../promises.ts';
import { createQuestionStore } from '../questions.ts';
import { createRelationStore } from '../relations.ts';
import { createRunStore } from '../runs.ts';
import { createSessionStore } from '../sessions.ts';
import { createSettingsStore } from '../settings.ts';
import { createSplitStore } from '../splits.ts';
import { createStaffStore } from '../staff.ts';
import { createSyncStore } from '../syncs.ts';
import { createTagCatalogStore } from '../tag-catalog.ts';
import { createTaskStore } from '../tasks.ts';
import { createTouchStore } from '../touches.ts';
import { createTransferStore } from '../transfers.ts';
import { createWarningStore } from '../warnings.ts';
import { createWarningFactsStore } from '../warning-facts.ts';
import { createWebhookStore } from '../webhooks.ts';

/** Every shelf over one connection. @param auditKeys what seals the audit log */
export const createStores = (db: Connection, auditKeys?: AuditKeys) => ({
  ...createCustomerStores(db),
  ...createOwnStores(db, auditKeys),
});

/** Every shelf, by the name that flows ask for it. */
export type Stores = ReturnType<typeof createStores>;

/** What we know of customers, and who looks after them. */
const createCustomerStores = (db: Connection) => ({
  accountBook: createAccountBookStore(db),
  absences: createAbsenceStore(db),
  accounts: createAccountStore(db),
  answers: createAnswerStore(db),
  campaigns: createCampaignStore(db),
  channels: createChannelStore(db),
  claims: createClaimStore(db),
  classification: createClassificationStore(db),
  complaints: createComplaintStore(db),
  contactHistory: createContactHistoryStore(db),
  contactPages: createContactPageStore(db),
  contacts: createContactStore(db),
  contracts: createContractStore(db),
  departments: createDepartmentStore(db),
  due: createDueStore(db),
  followUps: createFollowUpStore(db),
  groups: createGroupStore(db),
  history: createHistoryStore(db),
  invitations: createInvitationStore(db),
  kdmChanges: createKdmChangeStore(db),
  merges: createMergeStore(db),
  splits: createSplitStore(db),
  opportunities: createOpportunityStore(db),
  orders: createOrderStore(db),
  pool: createPoolStore(db),
  products: createProductStore(db),
  promises: createPromiseStore(db),
  questions: createQuestionStore(db),
  relations: createRelationStore(db),
  staff: createStaffStore(db),
  tasks: createTaskStore(db),
  touches: createTouchStore(db),
  transfers: createTransferStore(db),
  warnings: createWarningStore(db),
  warningFacts: createWarningFactsStore(db),
});

/** What the product needs to do its work. */
const createOwnStores = (db: Connection, auditKeys?: AuditKeys) => ({
  announcements: createAnnouncementStore(db),
  apiKeys: createApiKeyStore(db),
  audit: createAuditStore(db, auditKeys),
  books: createBookStore(db),
  deliveries: createDeliveryStore(db),
  exports: createExportStore(db),
  inbox: createInboxStore(db),
  ledger: createLedgerStore(db),
  locks: createLockStore(db),
  notices: createNoticeStore(db),
  runs: createRunStore(db),
  sessions: createSessionStore(db),
  settings: createSettingsStore(db),
  syncs: createSyncStore(db),
  tagCatalog: createTagCatalogStore(db),
  webhooks: createWebhookStore(db),
});

/** Makes every index that the shelves name, one command for each shelf; what exists stays. */
export async function buildIndexes(db: Connection): Promise<void> {
  await Promise.all(
    Object.values(db.models).map(async (model) => {
      const indexes = model.schema.indexes().map(([key, { unique, ...options }]) => ({
        ...options,
        ...(unique ? { unique: true } : {}),
        key: directionsOf(key),
      }));
      if (indexes.length > 0) await model.collection.createIndexes(indexes);
    }),
  );
}

/** Ascending is 1, descending −1; the shelves use no other kind of index. */
const directionsOf = (key: object): Record<string, number> =>
  Object.fromEntries(Object.entries(key).map(([path, direction]) => [path, Number(direction)]));
