import { DEFAULT_SETTINGS } from '../../../server/domain/settings.ts';
import { MACHINE_ROUTES } from './machine-cases.ts';
import { OWED_ROUTES } from './owed-cases.ts';
import { anEdit } from '../../support/an-edit.ts';
import { aMessage } from '../../support/a-message.ts';
import { aNote } from '../../support/a-note.ts';

/** anna follows wm1 and leads nobody; lena leads her; ben is her colleague; mark leads others; olga is admin; eve has left. */
export const PEOPLE = ['signed out', 'anna', 'ben', 'lena', 'mark', 'olga', 'eve'] as const;
export type Answers = readonly [number, number, number, number, number, number, number];

const EVERY_MEMBER: Answers = [401, 200, 200, 200, 200, 200, 403];
const WHO_SEES_WM1: Answers = [401, 200, 403, 200, 403, 200, 403];
const ADMINS: Answers = [401, 403, 403, 403, 403, 200, 403];
const MANAGERS: Answers = [401, 403, 403, 200, 200, 200, 403];
const WHO_LEADS_ANNA_AND_BEN: Answers = [401, 403, 403, 200, 403, 200, 403];
/** 甲 is anna's; ben follows one of its contacts; lena leads both. */
const WHO_SEES_JIA: Answers = [401, 200, 200, 200, 403, 200, 403];
const WHO_LEADS_ANNA: Answers = [401, 403, 403, 200, 403, 200, 403];
const WHO_EDITS_JIA: Answers = [401, 200, 403, 200, 403, 200, 403];
const TOKEN_HOLDERS: Answers = [200, 200, 200, 200, 200, 200, 200];

/** What an address needs: a survey's token, where the server answers, and the id of 甲. */
type Ids = { token: string; origin: string; jiaId: string };
export type Case = { expected: Answers; path: (ids: Ids) => string; body?: unknown };

/** Every route of the API: who may, in the order of PEOPLE. */
export const ROUTES: Record<string, Case> = {
  ...MACHINE_ROUTES,
  ...OWED_ROUTES,
  'GET /api/v1/me': { expected: EVERY_MEMBER, path: () => '/api/v1/me' },
  'GET /api/v1/members': { expected: EVERY_MEMBER, path: () => '/api/v1/members' },
  'GET /api/v1/sessions': { expected: ADMINS, path: () => '/api/v1/sessions' },
  'POST /api/v1/members/:staffId/sessions/end': {
    expected: ADMINS,
    path: () => '/api/v1/members/carl/sessions/end',
    body: {},
  },
  'POST /api/v1/me/sessions/end': {
    expected: [401, 400, 400, 400, 400, 400, 403],
    path: () => '/api/v1/me/sessions/end',
    body: {},
  },
  'GET /api/v1/js-sdk/agent-config': {
    expected: EVERY_MEMBER,
    path: ({ origin }) => `/api/v1/js-sdk/agent-config?url=${encodeURIComponent(`${origin}/sidebar/`)}`,
  },
  'GET /api/v1/due': { expected: EVERY_MEMBER, path: () => '/api/v1/due' },
  'GET /api/v1/contacts/:externalUserId/profile': {
    expected: WHO_SEES_WM1,
    path: () => '/api/v1/contacts/wm1/profile',
  },
  'POST /api/v1/contacts/:externalUserId/follow-ups': {
    expected: WHO_SEES_WM1,
    path: () => '/api/v1/contacts/wm1/follow-ups',
    body: aNote(),
  },
  'POST /api/v1/contacts/:externalUserId/messages': {
    expected: WHO_SEES_WM1,
    path: () => '/api/v1/contacts/wm1/messages',
    body: aMessage(),
  },
  'POST /api/v1/contacts/:externalUserId/kdm': {
    expected: WHO_SEES_WM1,
    path: () => '/api/v1/contacts/wm1/kdm',
    body: anEdit(),
  },
  'POST /api/v1/contacts/:externalUserId/kdm/confirm': {
    expected: WHO_SEES_WM1,
    path: () => '/api/v1/contacts/wm1/kdm/confirm',
    body: { version: 1 },
  },
  'GET /api/v1/contacts/:externalUserId/kdm/changes': {
    expected: WHO_SEES_WM1,
    path: () => '/api/v1/contacts/wm1/kdm/changes',
  },
  'GET /api/v1/accounts/:accountId/follow-ups': {
    expected: WHO_SEES_JIA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/follow-ups`,
  },
  'POST /api/v1/accounts/:accountId/follow-ups': {
    expected: WHO_SEES_JIA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/follow-ups`,
    body: aNote(),
  },
  'GET /api/v1/accounts/:accountId/org-chart': {
    expected: WHO_SEES_JIA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/org-chart`,
  },
  'POST /api/v1/doctor': { expected: ADMINS, path: () => '/api/v1/doctor', body: {} },
  'GET /api/v1/settings': { expected: ADMINS, path: () => '/api/v1/settings' },
  'POST /api/v1/settings/:section': {
    expected: [401, 403, 403, 403, 403, 409, 403],
    path: () => '/api/v1/settings/playbook',
    body: { value: DEFAULT_SETTINGS.playbook, version: 9 },
  },
  'POST /api/v1/settings/:section/preview': {
    expected: ADMINS,
    path: () => '/api/v1/settings/tier/preview',
    body: { value: DEFAULT_SETTINGS.tier },
  },
  'POST /api/v1/settings/:section/reset': {
    expected: [401, 403, 403, 403, 403, 409, 403],
    path: () => '/api/v1/settings/playbook/reset',
    body: { version: 9 },
  },
  'GET /api/v1/audit': { expected: ADMINS, path: () => '/api/v1/audit' },
  'GET /api/v1/audit/verify': { expected: ADMINS, path: () => '/api/v1/audit/verify' },
  'GET /api/v1/permissions': { expected: ADMINS, path: () => '/api/v1/permissions' },
  'GET /api/v1/playbook/:tier': { expected: EVERY_MEMBER, path: () => '/api/v1/playbook/head' },
  'GET /api/v1/console/syncs': { expected: ADMINS, path: () => '/api/v1/console/syncs' },
  'POST /api/v1/console/syncs': { expected: ADMINS, path: () => '/api/v1/console/syncs', body: {} },
  'GET /api/v1/console/events': { expected: ADMINS, path: () => '/api/v1/console/events' },
  'GET /api/v1/console/notices': { expected: ADMINS, path: () => '/api/v1/console/notices' },
  'POST /api/v1/console/events/:id/replay': {
    expected: [401, 403, 403, 403, 403, 404, 403],
    path: () => `/api/v1/console/events/${'0'.repeat(64)}/replay`,
    body: {},
  },
  'GET /api/v1/accounts/:accountId/classification': {
    expected: WHO_SEES_JIA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/classification`,
  },
  'GET /api/v1/accounts/:accountId/deals': {
    expected: WHO_SEES_JIA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/deals`,
  },
  'POST /api/v1/accounts/:accountId/tier-pin': {
    expected: WHO_LEADS_ANNA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/tier-pin`,
    body: { tier: 'head', reason: '集团客户' },
  },
  'POST /api/v1/accounts/:accountId/stage-pin': {
    expected: WHO_LEADS_ANNA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/stage-pin`,
    body: { stage: 'partner', reason: '已签意向书' },
  },
  'POST /api/v1/accounts/:accountId/strategic-mark': {
    expected: WHO_LEADS_ANNA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/strategic-mark`,
    body: { reason: '行业标杆' },
  },
  'POST /api/v1/accounts/:accountId/clear-override': {
    expected: WHO_LEADS_ANNA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/clear-override`,
    body: { kind: 'stage', reason: '没有签成' },
  },
  'POST /api/v1/accounts/:accountId/potential': {
    expected: WHO_EDITS_JIA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/potential`,
    body: { score: 70, sharePercent: 30, reason: '明年扩产' },
  },
  'GET /api/v1/tier-shape': { expected: MANAGERS, path: () => '/api/v1/tier-shape' },
  'GET /api/v1/contacts/:externalUserId/push-check': {
    expected: WHO_SEES_WM1,
    path: () => '/api/v1/contacts/wm1/push-check',
  },
  'GET /api/v1/absences': { expected: EVERY_MEMBER, path: () => '/api/v1/absences' },
  'POST /api/v1/absences': {
    expected: [401, 400, 400, 400, 400, 400, 403],
    path: () => '/api/v1/absences',
    body: { from: '2026-03-02', to: '2026-03-01' },
  },
  'POST /api/v1/absences/:id/cancel': {
    expected: [401, 404, 404, 404, 404, 404, 403],
    path: () => '/api/v1/absences/none/cancel',
    body: {},
  },
  'GET /api/v1/accounts/:accountId/complaints': {
    expected: WHO_SEES_JIA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/complaints`,
  },
  'POST /api/v1/accounts/:accountId/complaints': {
    expected: WHO_SEES_JIA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/complaints`,
    body: { requestId: '0190a5e2-7c11-7000-8000-000000000001', text: '交货晚了' },
  },
  'POST /api/v1/complaints/:id/close': {
    expected: [401, 404, 404, 404, 404, 404, 403],
    path: () => '/api/v1/complaints/none/close',
    body: { cause: '排产失误', action: '免运费' },
  },
  'GET /api/v1/tasks': { expected: EVERY_MEMBER, path: () => '/api/v1/tasks' },
  'POST /api/v1/tasks/:id/close': {
    expected: [401, 404, 404, 404, 404, 404, 403],
    path: () => '/api/v1/tasks/none/close',
    body: { result: '已联系' },
  },
  'GET /api/v1/warnings': { expected: EVERY_MEMBER, path: () => '/api/v1/warnings' },
  'POST /api/v1/warnings/:id/acknowledge': {
    expected: [401, 404, 404, 404, 404, 404, 403],
    path: () => '/api/v1/warnings/none/acknowledge',
    body: {},
  },
  'POST /api/v1/warnings/:id/resolve': {
    expected: [401, 404, 404, 404, 404, 404, 403],
    path: () => '/api/v1/warnings/none/resolve',
    body: { note: '已处理' },
  },
  'GET /api/v1/accounts': { expected: EVERY_MEMBER, path: () => '/api/v1/accounts' },
  'GET /api/v1/account-twins': { expected: EVERY_MEMBER, path: () => '/api/v1/account-twins' },
  'POST /api/v1/accounts': {
    expected: [401, 400, 400, 400, 400, 400, 403],
    path: () => '/api/v1/accounts',
    body: {},
  },
  'GET /api/v1/accounts/:accountId': {
    expected: WHO_SEES_JIA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}`,
  },
  'POST /api/v1/accounts/:accountId': {
    expected: WHO_EDITS_JIA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}`,
    body: { industry: '机械' },
  },
  'POST /api/v1/accounts/:accountId/owner': {
    expected: WHO_EDITS_JIA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/owner`,
    body: { deputyId: null },
  },
  'POST /api/v1/accounts/:accountId/referral': {
    expected: WHO_EDITS_JIA,
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/referral`,
    body: { referredById: null },
  },
  'POST /api/v1/accounts/:accountId/split': {
    expected: [401, 400, 403, 400, 403, 400, 403],
    path: ({ jiaId }) => `/api/v1/accounts/${jiaId}/split`,
    body: { contactIds: ['nobody'], name: '分公司' },
  },
  'GET /api/v1/custom-fields': { expected: EVERY_MEMBER, path: () => '/api/v1/custom-fields' },
  'POST /api/v1/accounts/:accountId/merge': {
    expected: [401, 404, 404, 404, 404, 404, 403],
    path: () => '/api/v1/accounts/none/merge',
    body: { intoId: 'other', reason: 'x' },
  },
  'POST /api/v1/accounts/:accountId/unmerge': {
    expected: [401, 404, 404, 404, 404, 404, 403],
    path: () => '/api/v1/accounts/none/unmerge',
    body: {},
  },
  'POST /api/v1/accounts/:accountId/claim': {
    expected: [401, 404, 404, 404, 404, 404, 403],
    path: () => '/api/v1/accounts/none/claim',
    body: {},
  },
  'POST /api/v1/accounts/:accountId/release': {
    expected: [401, 404, 404, 404, 404, 404, 403],
    path: () => '/api/v1/accounts/none/release',
    body: { reason: 'x' },
  },
  'GET /api/v1/channels': { expected: MANAGERS, path: () => '/api/v1/channels' },
  'GET /api/v1/transfers': { expected: MANAGERS, path: () => '/api/v1/transfers' },
  'POST /api/v1/pool/assign': {
    expected: WHO_LEADS_ANNA_AND_BEN,
    path: () => '/api/v1/pool/assign',
    body: { strategy: 'least_loaded', accountIds: null, staffIds: ['anna', 'ben'] },
  },
  'GET /api/v1/pool': { expected: MANAGERS, path: () => '/api/v1/pool' },
  'POST /api/v1/transfers': {
    expected: WHO_LEADS_ANNA_AND_BEN,
    path: () => '/api/v1/transfers',
    body: { kind: 'on_job', handoverId: 'ben', takeoverId: 'anna', accountIds: null },
  },
  'GET /api/v1/openapi.json': { expected: TOKEN_HOLDERS, path: () => '/api/v1/openapi.json' },
  'GET /api/v1/survey/:token': { expected: TOKEN_HOLDERS, path: ({ token }) => `/api/v1/survey/${token}` },
  'POST /api/v1/survey/:token': {
    expected: [200, 403, 403, 403, 403, 403, 403], // the first browser that answers is the only one
    path: ({ token }) => `/api/v1/survey/${token}`,
    body: { score: 8 },
  },
};
