import type { AccountsView, AccountView } from '../../../server/api/contract/accounts.ts';
import type { TwinsView } from '../../../server/api/contract/account-twins.ts';
import type {
  ComplaintDraft,
  ComplaintsView,
  ComplaintView,
} from '../../../server/api/contract/complaints.ts';
import type { CustomFieldsView } from '../../../server/api/contract/custom-fields.ts';
import type { AccountFollowUpDraft, AccountTalks } from '../../../server/api/contract/follow-ups.ts';
import type { FollowUpSaved } from '../../../server/api/contract/profile.ts';
import type { MembersView } from '../../../server/api/contract/session.ts';
import type { TierShapeView } from '../../../server/api/contract/classification.ts';
import { call } from '../../parts/api.ts';

/** What the list is narrowed by; '' does not narrow. `whose`: a member, `team` (owned by one's own team), or `pool`. */
export type AccountFilter = { text: string; tier: string; stage: string; due: string; whose: string };
export const NO_FILTER: AccountFilter = { text: '', tier: '', stage: '', due: '', whose: '' };

/** A page of accounts, from behind `after`. */
export function readAccounts({ whose, ...filter }: AccountFilter, after = '', limit = 50) {
  const isMember = whose !== 'pool' && whose !== 'team';
  const asked = {
    ...filter,
    text: filter.text.trim(),
    owner: isMember ? whose : '',
    pool: whose === 'pool' ? 'true' : '',
    team: whose === 'team' ? 'true' : '',
  };
  const wish = Object.entries({ ...asked, after, limit: String(limit) }).filter(([, value]) => value);
  return call<AccountsView>(`/accounts?${new URLSearchParams(wish)}`);
}

/** Accounts that may be one company by their names, from behind `after`. */
export const readTwins = (after = '') =>
  call<TwinsView>(`/account-twins?${new URLSearchParams({ limit: '50', ...(after ? { after } : {}) })}`);

const account = (id: string) => `/accounts/${encodeURIComponent(id)}`;

export const readAccount = (id: string) => call<AccountView>(account(id));
export const readMembers = () => call<MembersView>('/members');
export const readTierShape = () => call<TierShapeView>('/tier-shape');
/** What an administrator asks for beside the built-in fields. */
export const readCustomFields = () => call<CustomFieldsView>('/custom-fields');

/** What a form of an account holds. */
export type AccountDraft = {
  name: string;
  industry: string;
  region: string;
  size: string;
  custom: Record<string, string | number | null>;
};

export const createAccount = (
  draft: AccountDraft & { ownerId?: string; referredById: string | null },
): Promise<{ id: string }> => call('/accounts', draft);
/** What a form changes, and the version that it shows. */
export type AccountEdit = Partial<Omit<AccountDraft, 'custom'>> & {
  custom: AccountDraft['custom'];
  version: number;
};
export const editAccount = (id: string, edit: AccountEdit) => call<AccountView>(account(id), edit);

type Verb = 'claim' | 'release' | 'merge' | 'unmerge' | 'split' | 'owner' | 'referral' | 'potential';
type Override = 'tier-pin' | 'stage-pin' | 'strategic-mark' | 'clear-override';

/** Does something to an account; what holds then is read anew. */
export const actOn = (id: string, verb: Verb | Override, body: object = {}) =>
  call<unknown>(`${account(id)}/${verb}`, body);

/** Who gets, or got, which account of the pool, and which of those asked for nobody gets. */
export type AssignPlan = { assigned: { accountId: string; ownerId: string }[]; skippedIds: string[] };

/** Gives accounts of the pool to members; `isPreview`: only tells who would get what. */
export const assignPool = (wish: {
  strategy: string;
  accountIds: string[];
  staffIds: string[];
  regions: { region: string; staffIds: string[] }[];
  products: { product: string; staffIds: string[] }[];
  isPreview: boolean;
}): Promise<AssignPlan> => call('/pool/assign', wish, { limitMs: 60_000 });

/** What was said lately, and what is asked. */
export const readTalks = (accountId: string) => call<AccountTalks>(`${account(accountId)}/follow-ups`);
/** May be repeated with the same `requestId`. */
export const logFollowUp = (accountId: string, draft: AccountFollowUpDraft) =>
  call<FollowUpSaved>(`${account(accountId)}/follow-ups`, draft);

export const readComplaints = (accountId: string) =>
  call<ComplaintsView>(`${account(accountId)}/complaints?state=open`);
/** May be repeated with the same `requestId`. */
export const noteComplaint = (accountId: string, draft: ComplaintDraft) =>
  call<ComplaintView>(`${account(accountId)}/complaints`, draft);
export const closeComplaint = (id: string, done: { cause: string; action: string }) =>
  call<ComplaintView>(`/complaints/${encodeURIComponent(id)}/close`, done);
