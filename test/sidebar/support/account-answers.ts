import { json } from 'node:stream/consumers';
import type { AccountsView, AccountView } from '../../../server/api/contract/accounts.ts';
import type { TwinsView } from '../../../server/api/contract/account-twins.ts';
import type { ClassificationView, TierShapeView } from '../../../server/api/contract/classification.ts';
import type { ComplaintsView } from '../../../server/api/contract/complaints.ts';
import type { CustomFieldsView } from '../../../server/api/contract/custom-fields.ts';
import type { DealsView } from '../../../server/api/contract/deals.ts';
import type { PlaybookView } from '../../../server/api/contract/playbook.ts';
import type { MembersView } from '../../../server/api/contract/session.ts';
import { aClassification, aTierShape } from './classification-answers.ts';
import { anAssignment } from './console-answers.ts';
import type { Door, Reply } from './serve-pages.ts';
import { knownTalks, TALK_DOORS, type TalkApi } from './talk-answers.ts';

/** What the server says of accounts. `change` answers whatever is done to one: the verb is the last part of the path. */
export type AccountApi = TalkApi & {
  classification: (accountId: string) => Reply<ClassificationView>;
  playbook: (tier: string) => Reply<PlaybookView>;
  accounts: (query: URLSearchParams) => Reply<AccountsView>;
  twins: () => Reply<TwinsView>;
  account: (accountId: string) => Reply<AccountView>;
  complaints: (accountId: string) => Reply<ComplaintsView>;
  deals: (accountId: string) => Reply<DealsView>;
  tierShape: () => Reply<TierShapeView>;
  customFields: () => Reply<CustomFieldsView>;
  members: () => Reply<MembersView>;
  createAccount: (body: unknown) => Reply<{ id: string }>;
  change: (path: string, body: unknown) => Reply<unknown>;
};

/** Doors of the scripted API. */
export const ACCOUNT_DOORS: Door<AccountApi>[] = [
  ...TALK_DOORS,
  [/^GET \/api\/v1\/accounts\/(.+)\/classification$/, (api, id) => api.classification(id)],
  [/^GET \/api\/v1\/accounts\/(.+)\/deals$/, (api, id) => api.deals(id)],
  [/^GET \/api\/v1\/playbook\/(.+)$/, (api, tier) => api.playbook(tier)],
  [/^GET \/api\/v1\/accounts\?(.*)$/, (api, query) => api.accounts(new URLSearchParams(query))],
  [/^GET \/api\/v1\/account-twins\?/, (api) => api.twins()],
  [/^GET \/api\/v1\/accounts\/([^/]+)$/, (api, id) => api.account(id)],
  [/^GET \/api\/v1\/accounts\/([^/]+)\/complaints\?state=open$/, (api, id) => api.complaints(id)],
  [/^GET \/api\/v1\/tier-shape$/, (api) => api.tierShape()],
  [/^GET \/api\/v1\/custom-fields$/, (api) => api.customFields()],
  [/^GET \/api\/v1\/members$/, (api) => api.members()],
  [/^POST \/api\/v1\/accounts$/, async (api, _id, request) => api.createAccount(await json(request))],
  [
    /^POST \/api\/v1\/((?:accounts|pool|complaints)\/.+)$/,
    async (api, path, request) => api.change(path, await json(request)),
  ],
];
export const aPlaybook = (): PlaybookView => ({
  tier: 'head',
  policy: {
    services: ['VIP 服务：指定负责人和副手', '每月拜访一次'],
    discountPercent: { from: 0, to: 10 },
    paymentDays: 60,
    visitDays: 30,
    costBudgetFen: 500_000,
    commissionPercent: 3,
  },
});

const person = (staffId: string, name: string) => ({ staffId, name });

const byItself = { by: '系统', isRename: false, assigned: null };

type Row = AccountsView['accounts'][number];
export const anAccountRow = (changes: Partial<Row> = {}): Row => ({
  id: 'a1',
  name: '华东精密制造有限公司',
  isSolo: false,
  byHand: [],
  industry: '机械制造',
  region: '江苏',
  size: '500–1000 人',
  owner: person('zhangwei', '张伟'),
  deputy: person('zhaomin', '赵敏'),
  tier: 'head',
  stage: 'long_term',
  dimension: 'keep',
  valueClass: 'gold',
  dueOn: '2026-11-24',
  lastTouchAt: '2026-11-10T07:20:00.000Z',
  knownSince: '2024-03-01T02:00:00.000Z',
  pooledAt: null,
  ...changes,
});

/** Nobody's, and nothing known of it. */
export const aPooledRow = (): Row =>
  anAccountRow({
    id: 'a2',
    name: '宁波北仑模具厂',
    owner: null,
    deputy: null,
    region: '',
    tier: 'unrated',
    stage: 'suspect',
    dimension: 'select',
    valueClass: null,
    dueOn: null,
    pooledAt: '2026-11-18T02:00:00.000Z',
  });

/** An account with something in every part; the visitor may do everything that fits an owned one. */
export const anAccount = (changes: Partial<AccountView> = {}): AccountView => ({
  access: 'full',
  version: 3,
  account: { ...anAccountRow(), externalId: 'C-0001', legalName: '', potentialScore: 65, sharePercent: 45 },
  formerOwner: null,
  cadence: {
    state: 'on_track',
    reason: 'interval',
    dueOn: '2026-11-24',
    overdueWorkingDays: 0,
    welcomeFrom: '2026-11-18',
    lastTouchAt: '2026-11-10T07:20:00.000Z',
    lastSignAt: null,
    owed: [{ reason: 'interval', dueOn: '2026-11-24', overdueWorkingDays: 0 }],
    escalation: 'none',
    intervalDays: 14,
    minGapDays: 4,
  },
  customFields: [
    { key: 'erp', label: '在用 ERP', kind: 'choice', choices: ['用友', '金蝶'], isRequired: false },
  ],
  custom: { erp: '用友' },
  source: { kind: 'referral', detail: 'a7' },
  referredBy: { id: 'a7', name: '苏州恒远自动化' },
  referrals: [],
  contacts: [
    {
      externalUserId: 'wm_wang',
      name: '王建国',
      nickname: null,
      title: '采购总监',
      decisionRole: 'purchaser',
      closeness: 'regular',
      budget: 'approves_up_to',
      superiorId: null,
      completeness: 67,
      followers: [person('zhangwei', '张伟')],
    },
    {
      externalUserId: 'wm_li',
      name: '李娜',
      nickname: '娜娜不吃鱼',
      title: '设备主管',
      decisionRole: null,
      closeness: null,
      budget: null,
      superiorId: null,
      completeness: 20,
      followers: [],
    },
  ],
  chainGaps: ['final_say', 'technical'],
  history: [
    { at: '2026-10-02T18:00:00.000Z', kind: 'tier', from: 'waist', to: 'head', ...byItself },
    {
      at: '2026-09-01T02:00:00.000Z',
      kind: 'owner',
      from: '',
      to: 'zhangwei',
      isRename: false,
      ...anAssignment,
    },
  ],
  twins: [],
  merges: [
    {
      accountId: 'a9',
      name: '华东精密（老厂）',
      at: '2026-11-15T02:00:00.000Z',
      by: '周明远',
      undoUntil: '2026-12-15T02:00:00.000Z',
    },
  ],
  may: { edit: true, setOwner: true, merge: true, release: true, claim: false },
  ...changes,
});

/** The same of an account in the pool. */
export const aPooledAccount = (): AccountView =>
  anAccount({
    account: { ...aPooledRow(), externalId: null, legalName: '', potentialScore: null, sharePercent: null },
    contacts: [],
    twins: [],
    merges: [],
    history: [],
    may: { edit: true, setOwner: true, merge: true, release: false, claim: true },
  });

const noDeals = (): DealsView => ({ orders: [], contracts: [], opportunities: [] });

/** Something of every kind; of orders more than are shown at once. */
export const someDeals = (): DealsView => ({
  orders: ['2026-09-18', '2026-06-02', '2026-01-15', '2025-11-03', '2025-08-20'].map((paidOn, index) => ({
    id: `D${5 - index}`,
    product: index === 0 ? '五轴加工中心' : '刀具',
    kind: 'sale',
    amountFen: 12_000_000,
    refundedFen: index === 1 ? 500_000 : 0,
    paidOn,
  })),
  contracts: [
    {
      id: 'C2',
      name: '五轴机床二期',
      kind: 'sale',
      amountFen: 48_000_000,
      openFen: 12_000_000,
      signedOn: '2026-03-12',
      endsOn: null,
    },
  ],
  opportunities: [
    {
      id: 'O1',
      name: '三期扩产',
      stage: 'negotiation',
      amountFen: 90_000_000,
      expectedCloseOn: '2026-12-20',
    },
  ],
});

/** A server that knows the accounts. */
export const knownAccounts = (): AccountApi => ({
  ...knownTalks(),
  classification: () => aClassification(),
  playbook: aPlaybook,
  accounts: () => ({ accounts: [anAccountRow(), aPooledRow()], next: null }),
  twins: () => ({ groups: [], next: null }),
  account: (id) => (id === 'a2' ? aPooledAccount() : anAccount()),
  complaints: () => ({ complaints: [], may: { close: true } }),
  deals: (id) => (id === 'a2' ? noDeals() : someDeals()),
  tierShape: aTierShape,
  customFields: () => ({ fields: anAccount().customFields }),
  members: () => ({ members: [{ staffId: 'sunli', name: '孙丽' }] }),
  createAccount: () => ({ id: 'a2' }),
  change: () => ({ assigned: [{}], skippedIds: [] }),
});
