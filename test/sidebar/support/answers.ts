import type { CadenceView, Profile } from '../../../server/api/contract/profile.ts';
import type { Me } from '../../../server/api/contract/session.ts';
import type { Survey } from '../../../server/api/contract/survey.ts';
import { someLeaves } from './absence-answers.ts';
import { knownAccounts } from './account-answers.ts';
import { aDueList } from './due-answers.ts';
import { aClassification } from './classification-answers.ts';
import { someConnections } from './connection-answers.ts';
import { aBusyConsole } from './console-answers.ts';
import { aKdmBook } from './kdm-answers.ts';
import { anEagerChat } from './message-answers.ts';
import { Refusal, type Api } from './serve-pages.ts';
import { someFollowUps, someQuestions } from './talk-answers.ts';
import { noTasks } from './task-answers.ts';
import { noWarnings } from './warning-answers.ts';

/** The clock of every page test: Sunday 22 November 2026, 10:00 in Shanghai. */
export const NOW = new Date('2026-11-22T10:00:00+08:00');

export const aMe = (): Me => ({
  staffId: 'zhangwei',
  name: '张伟',
  role: 'sales',
  corpId: 'wwcorp',
  agentId: '1000002',
});

export const aCadence = (changes: Partial<CadenceView> = {}): CadenceView => ({
  state: 'overdue',
  reason: 'interval',
  dueOn: '2026-11-17',
  overdueWorkingDays: 3,
  welcomeFrom: '2026-11-12',
  lastTouchAt: '2026-11-10T07:20:00.000Z',
  lastSignAt: null,
  owed: [{ reason: 'interval', dueOn: '2026-11-17', overdueWorkingDays: 3 }],
  escalation: 'none',
  intervalDays: 7,
  minGapDays: 2,
  ...changes,
});

const account: Profile['account'] = {
  id: 'a1',
  name: '华东精密制造有限公司',
  owner: { staffId: 'zhangwei', name: '张伟' },
  tier: 'head',
  tierWhy: aClassification().tier.why,
  stage: 'long_term',
  stageWhy: aClassification().stage.why,
  valueClass: 'gold',
  byHand: [],
  chainGaps: ['final_say', 'technical'],
  contacts: [
    { externalUserId: 'wm_wang', name: '王建国', title: '采购总监' },
    { externalUserId: 'wm_li', name: '李娜', title: '设备主管' },
  ],
};

const kdm: Profile['kdm'] = {
  department: '采购部',
  title: '采购总监',
  level: null,
  superior: null,
  superiorId: null,
  isTop: false,
  scope: '数控机床与刀具采购',
  authority: null,
  budget: 'approves_up_to',
  budgetUpToFen: 50_000_000,
  methods: [
    { kind: 'mobile', value: '138 0013 8000', verifiedOn: '2026-09-03' },
    { kind: 'email', value: 'wang.jianguo@huadong-jm.example', verifiedOn: null },
  ],
  closeness: 'regular',
  decisionRole: 'purchaser',
  guideLevel: null,
  style: '看数据，不喜欢闲聊',
  birthday: null,
  notes: null,
  completeness: 67,
  gaps: ['level', 'superior', 'authority'],
  confirmedDaysAgo: 118,
  isStale: true,
  version: 4,
};

const anAnswer = (score: number, comment: string, answeredAt: string) => ({
  score,
  comment,
  answeredAt,
  closure: null,
});

/** A head account that is overdue, with something in every section. */
export const aProfile = (changes: Partial<Profile> = {}): Profile => ({
  contact: {
    externalUserId: 'wm_wang',
    name: '王建国',
    nickname: null,
    followers: [{ staffId: 'zhangwei', name: '张伟' }],
    isLost: false,
  },
  account,
  kdm,
  cadence: aCadence(),
  promises: [],
  questions: someQuestions,
  followUps: someFollowUps,
  nps: {
    latest: anAnswer(8, '响应快，但备件偶尔缺货', '2026-09-30T03:00:00.000Z'),
    account: { n: 20, promoters: 10, passives: 6, detractors: 4, score: 30, margin: 34.4 },
    waiting: [],
  },
  ...changes,
});

/** A contact just added: nothing known, nothing done. */
export const aBlankProfile = (): Profile =>
  aProfile({
    account: {
      ...account,
      name: '待核实',
      owner: null,
      tier: 'unrated',
      tierWhy: null,
      stage: 'suspect',
      stageWhy: null,
      valueClass: 'general',
      contacts: [],
      chainGaps: ['final_say', 'purchaser', 'user', 'technical'],
    },
    kdm: {
      ...kdm,
      department: null,
      title: null,
      scope: null,
      budget: null,
      methods: [],
      closeness: null,
      decisionRole: null,
      style: null,
      completeness: 0,
      gaps: [
        'department',
        'title',
        'level',
        'superior',
        'scope',
        'authority',
        'method',
        'closeness',
        'decisionRole',
      ],
      confirmedDaysAgo: null,
    },
    cadence: aCadence({
      state: 'owed_soon',
      reason: 'new_contact',
      dueOn: '2026-11-23',
      overdueWorkingDays: 0,
      owed: [{ reason: 'new_contact', dueOn: '2026-11-23', overdueWorkingDays: 0 }],
      welcomeFrom: null,
      lastTouchAt: null,
    }),
    promises: [],
    questions: [],
    followUps: [],
    nps: {
      latest: null,
      account: { n: 0, promoters: 0, passives: 0, detractors: 0, score: null, margin: null },
      waiting: [],
    },
  });

/** Names, notes and addresses far longer than anybody planned for. */
export const aLongProfile = (): Profile => {
  const url = `https://files.example.com/${'quotation-2026-final-v12-'.repeat(9)}.pdf`;
  const notes = `${'客户反复强调交期与备件。'.repeat(30)}\n${url}`;
  return aProfile({
    contact: {
      ...aProfile().contact,
      name: '阿卜杜拉·穆罕默德·本·萨勒曼·阿勒沙特（原名 Alexandriana-Konstantinopolitanskaya）',
      isLost: true,
    },
    account: { ...account, name: `${'内蒙古自治区呼和浩特市赛罕区新能源装备'.repeat(3)}股份有限公司` },
    kdm: {
      ...kdm,
      title: '高级副总裁兼全球供应链与战略采购中心总经理',
      methods: [{ kind: 'email', value: `${'very.long.address.'.repeat(6)}@example.com`, verifiedOn: null }],
      notes: `${notes}${url}`,
    },
    questions: [
      { id: 'q1', text: notes, askedAt: '2026-01-10T07:20:00.000Z', contactName: '阿卜杜拉·穆罕默德' },
    ],
    followUps: someFollowUps.map((one) => ({
      ...one,
      purpose: `${one.purpose}${url}`,
      notes,
      nextStep: notes,
    })),
    nps: {
      latest: anAnswer(3, notes, '2026-11-20T03:00:00.000Z'),
      account: { n: 6, promoters: 3, passives: 2, detractors: 1, score: null, margin: null },
      waiting: [
        {
          answerId: 'c1:wm_wang',
          externalUserId: 'wm_wang',
          contactName: '阿卜杜拉·穆罕默德',
          score: 3,
          comment: notes,
          since: '2026-11-20T03:00:00.000Z',
        },
      ],
    },
  });
};

export const aSurvey = (changes: Partial<Survey> = {}): Survey => ({
  state: 'open',
  corpName: '启明工业科技',
  staffName: '张伟',
  score: null,
  comment: '',
  wantsContact: false,
  canCorrect: false,
  ...changes,
});

/** A server on which everything goes well. */
export const aWillingApi = (): Api => ({
  ...aBusyConsole(),
  ...aKdmBook(),
  ...anEagerChat(),
  ...noWarnings(),
  ...noTasks(),
  ...knownAccounts(),
  ...someLeaves(),
  ...someConnections(),
  me: aMe,
  agentConfig: () => ({ timestamp: 1_700_000_000, nonceStr: 'nonce-1', signature: 'signature-1' }),
  profile: (externalUserId) =>
    externalUserId === 'wm_wang' ? aProfile() : new Refusal(404, 'contact_not_found', '没有这位联系人'),
  saveFollowUp: () => ({
    id: 'f9',
    cadence: aCadence({
      state: 'too_soon',
      dueOn: '2026-11-26',
      overdueWorkingDays: 0,
      owed: [{ reason: 'interval', dueOn: '2026-11-26', overdueWorkingDays: 0 }],
      welcomeFrom: '2026-11-24',
      lastTouchAt: NOW.toISOString(),
    }),
  }),
  due: aDueList,
  survey: () => aSurvey(),
  answerSurvey: (_token, { score, comment = '', wantsContact = false }) =>
    aSurvey({ state: 'answered', score, comment, wantsContact, canCorrect: true }),
});
