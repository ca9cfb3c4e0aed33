import type { AccountTalks } from '../../../server/api/contract/follow-ups.ts';
import type { Door, Reply } from './serve-pages.ts';

/** What the server says of what was said with an account. */
export type TalkApi = { talks: (accountId: string) => Reply<AccountTalks> };

/** Doors of the scripted API. */
export const TALK_DOORS: Door<TalkApi>[] = [
  [/^GET \/api\/v1\/accounts\/([^/]+)\/follow-ups$/, (api, id) => api.talks(id)],
];

const UNSAID = {
  outcome: null,
  level: null,
  participants: [],
  promises: '',
  isMessage: false,
  correctedAt: null,
  takenBackAt: null,
  mayCorrect: false,
};
/** What was said lately. */
export const someFollowUps: AccountTalks['followUps'] = [
  {
    id: 'f2',
    at: '2026-11-10T07:20:00.000Z',
    staffName: '张伟',
    contactName: '王建国',
    channel: 'call',
    ...UNSAID,
    purpose: '年度框架报价',
    notes: '对刀具包年价有兴趣，要求本月底前给阶梯报价。财务要走集团审批，预计两周。',
    nextStep: '发阶梯报价单',
    nextOn: '2026-11-17',
  },
  {
    id: 'f1',
    at: '2026-10-28T02:00:00.000Z',
    staffName: '赵敏',
    contactName: null,
    channel: 'visit',
    ...UNSAID,
    purpose: '例行跟进',
    notes: '',
    nextStep: '',
    nextOn: null,
  },
];

/** What was agreed on and stands. */
export const somePromises: AccountTalks['promises'] = [
  {
    id: 'p1',
    text: '发阶梯报价单',
    day: '2026-11-30',
    contactName: '王建国',
    staffName: '张伟',
    isExpired: false,
  },
];

/** What the customer asked and nobody has answered. */
export const someQuestions: AccountTalks['questions'] = [
  {
    id: 'q1',
    text: '交期能不能压到三周以内？',
    askedAt: '2026-11-10T07:20:00.000Z',
    contactName: '王建国',
  },
  {
    id: 'q2',
    text: '刀具包年的最低起订量是多少？',
    askedAt: '2026-11-20T07:20:00.000Z',
    contactName: '李娜',
  },
];

/** Somebody speaks with one account, and nobody did with the one of the pool. */
export const knownTalks = (): TalkApi => ({
  talks: (id) =>
    id === 'a2'
      ? { followUps: [], promises: [], questions: [], detractors: [] }
      : { followUps: someFollowUps, promises: somePromises, questions: someQuestions, detractors: [] },
});
