import type { Connection } from 'mongoose';
import { createAccountStore } from './accounts.ts';
import { createAnswerStore } from './answers.ts';
import { createAuditStore } from './audit.ts';
import { createCampaignStore } from './campaigns.ts';
import { createContactStore } from './contacts.ts';
import { createContractStore } from './contracts.ts';
import { createDepartmentStore } from './departments.ts';
import { createFollowUpStore } from './follow-ups.ts';
import { createGroupStore } from './groups.ts';
import { createHistoryStore } from './history.ts';
import { createInboxStore } from './inbox.ts';
import { createInvitationStore } from './invitations.ts';
import { createLedgerStore } from './ledger.ts';
import { createLockStore } from './locks.ts';
import { createNoticeStore } from './notices.ts';
import { createOpportunityStore } from './opportunities.ts';
import { createOrderStore } from './orders.ts';
import { createPoolStore } from './pool.ts';
import { createQuestionStore } from './questions.ts';
import { createRelationStore } from './relations.ts';
import { createRunStore } from './runs.ts';
import { createSettingsStore } from './settings.ts';
import { createStaffStore } from './staff.ts';
import { createSyncStore } from './syncs.ts';
import { createTagCatalogStore } from './tag-catalog.ts';
import { createTransferStore } from './transfers.ts';

/** Every shelf over one connection. */
export const createStores = (db: Connection) => ({
  accounts: createAccountStore(db),
  answers: createAnswerStore(db),
  audit: createAuditStore(db),
  campaigns: createCampaignStore(db),
  contacts: createContactStore(db),
  contracts: createContractStore(db),
  departments: createDepartmentStore(db),
  followUps: createFollowUpStore(db),
  groups: createGroupStore(db),
  history: createHistoryStore(db),
  inbox: createInboxStore(db),
  invitations: createInvitationStore(db),
  ledger: createLedgerStore(db),
  locks: createLockStore(db),
  notices: createNoticeStore(db),
  opportunities: createOpportunityStore(db),
  orders: createOrderStore(db),
  pool: createPoolStore(db),
  questions: createQuestionStore(db),
  relations: createRelationStore(db),
  runs: createRunStore(db),
  settings: createSettingsStore(db),
  staff: createStaffStore(db),
  syncs: createSyncStore(db),
  tagCatalog: createTagCatalogStore(db),
  transfers: createTransferStore(db),
});

/** Makes every index that the shelves name; what exists stays. */
export async function buildIndexes(db: Connection): Promise<void> {
  for (const model of Object.values(db.models)) await model.createIndexes();
}
