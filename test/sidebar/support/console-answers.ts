import type { Events, Notices, Syncs } from '../../../server/api/contract/console.ts';
import type { DoctorReport } from '../../../server/api/contract/doctor.ts';
import type { PoolView, TransferView } from '../../../server/api/contract/transfers.ts';
import type { Me } from '../../../server/api/contract/session.ts';
import { someChannels } from './channel-answers.ts';
import type { ConsoleApi } from './console-doors.ts';
import { anAuditPage, aPreview, aWholeLog, someSettings } from './settings-answers.ts';

type Finding = DoctorReport['findings'][number];

export const anAdmin = (): Me => ({
  staffId: 'olga',
  name: '欧阳丽',
  role: 'admin',
  corpId: 'wwcorp',
  agentId: '1000002',
});

export const aFinding = (changes: Partial<Finding> = {}): Finding => ({
  name: 'api',
  title: '连接企业微信接口',
  status: 'ok',
  tried: 'GET https://qyapi.weixin.qq.com/cgi-bin/gettoken（不带凭证）',
  answer: 'https://qyapi.weixin.qq.com 有回应',
  cure: null,
  code: null,
  ...changes,
});

const untrusted = aFinding({
  name: 'trusted_ip',
  title: '企业可信 IP',
  status: 'fail',
  tried: 'GET /cgi-bin/externalcontact/get_follow_user_list',
  answer: 'errcode 60020：企业微信看到的地址是 203.0.113.7，不在企业可信 IP 里',
  cure: '企业微信管理后台 → 应用管理 → 本应用 → 开发者接口 → 企业可信 IP：加入服务器的出口 IP 203.0.113.7，保存约一分钟后生效（须先设置可信域名或接收消息）',
  code: '60020',
});

/** One failure, one warning, two that are well and one that was not tried. */
export const aDoctorReport = (changes: Partial<DoctorReport> = {}): DoctorReport => ({
  isHealthy: false,
  examinedAt: '2026-11-22T02:00:00.000Z',
  findings: [
    aFinding({ name: 'settings', title: '设置', answer: '都能读懂，必填的都有' }),
    aFinding(),
    untrusted,
    aFinding({
      name: 'members',
      title: '成员激活',
      status: 'skip',
      tried: '',
      answer: '要等「企业可信 IP」通过后才能检查',
    }),
    aFinding({
      name: 'oauth',
      title: '网页授权',
      status: 'warn',
      tried: '打开网页授权地址',
      answer: '授权页要在企业微信里才能打开',
      cure: '服务器看不出来，请用手机上的企业微信打开侧边栏试一次',
      code: 'only_phone',
    }),
  ],
  text: '✗ 企业可信 IP\n通过 2，提醒 1，未通过 1，跳过 1',
  ...changes,
});

export const aHealthyReport = (): DoctorReport =>
  aDoctorReport({ isHealthy: true, findings: [aFinding(), aFinding({ name: 'settings', title: '设置' })] });

const counts = { rows: 4120, added: 3, changed: 12, lost: 1, suspicious: 0, groups: 2 };

export const someSyncs = (): Syncs => ({
  isUnderWay: false,
  runs: [
    {
      id: 's2',
      state: 'stopped',
      isFull: false,
      startedAt: '2026-11-21T18:30:00.000Z',
      endedAt: '2026-11-21T18:42:00.000Z',
      counts: { ...counts, suspicious: 640 },
      perStaff: [
        { staffId: 'chenlu', staffName: '陈璐', rows: 210, added: 3, changed: 10, lost: 1, suspicious: 0 },
        { staffId: 'wangfei', staffName: '王飞', rows: 640, added: 0, changed: 2, lost: 0, suspicious: 640 },
      ],
      aside: [
        '孙莉：1 名成员被企业微信拒绝（errcode 60111）',
        '王飞：2 条数据格式不对（follow_info.createtime custom）',
      ],
      isFirst: false,
      named: [{ what: 'lost', externalUserId: 'wm1', contactName: '许志远', staffName: '陈璐' }],
      warning: '有 640 条关系突然消失，未作处理：请检查应用的可见范围',
    },
    {
      id: 's1',
      state: 'done',
      isFull: true,
      startedAt: '2026-11-20T18:30:00.000Z',
      endedAt: '2026-11-20T18:30:20.000Z',
      counts: { rows: 4118, added: 0, changed: 0, lost: 0, suspicious: 0, groups: 0 },
      perStaff: [],
      aside: [],
      isFirst: false,
      named: [],
      warning: null,
    },
  ],
});

export const anEvent = (changes: Partial<Events['events'][number]> = {}): Events['events'][number] => ({
  id: 'a'.repeat(64),
  kind: 'change_external_contact.add_external_contact',
  subject: 'wmAbCdEfGhIjKlMnOpQrStUvWxYz0123',
  tries: 6,
  error: 'WecomError: /cgi-bin/externalcontact/get answered 60020: not allow to access from your ip',
  receivedAt: '2026-11-21T08:15:00.000Z',
  ...changes,
});

export const someEvents = (): Events => ({
  total: 2,
  events: [anEvent(), anEvent({ id: 'b'.repeat(64), kind: 'change_of_something_new', error: null })],
});

export const someNotices = (): Notices => ({
  notices: [
    {
      kind: 'tag-quota',
      subject: '',
      text: '企业标签数量已达上限，新标签没有建成：请在管理后台删除不用的标签。',
      firstAt: '2026-11-20T02:00:00.000Z',
      lastAt: '2026-11-22T01:30:00.000Z',
      times: 3,
    },
  ],
});

const person = (staffId: string, name: string) => ({ staffId, name });

const product = { product: '离心泵', from: 'opportunity' as const, dealId: 'SJ-204' };

/** Who gave an account out of the pool, and why to this member, beside the change of owner. */
export const anAssignment = {
  by: '周明远',
  assigned: { strategy: 'by_product' as const, matched: '离心泵', accountCount: 12, product },
};

export const aPool = (): PoolView => ({
  accounts: [
    {
      id: 'a1',
      name: '扬州环宇泵业有限公司',
      region: '江苏',
      product,
      formerOwner: person('zhaomin', '赵敏'),
      pooledAt: '2026-11-18T02:00:00.000Z',
      heir: person('chenlu', '陈璐'),
      why: null,
      isAccepted: true,
    },
    {
      id: 'a2',
      name: '宁波北仑模具厂',
      region: '浙江',
      product: null,
      formerOwner: null,
      pooledAt: null,
      heir: null,
      why: null,
      isAccepted: false,
    },
    {
      id: 'a3',
      name: '苏州泵阀设备有限公司',
      region: '江苏',
      product,
      formerOwner: person('zhaomin', '赵敏'),
      pooledAt: '2026-11-19T02:00:00.000Z',
      heir: person('chenlu', '陈璐'),
      why: null,
      isAccepted: false,
    },
  ],
});

export const aTransfer = (changes: Partial<TransferView> = {}): TransferView => ({
  id: 't1',
  kind: 'on_job',
  state: 'waiting',
  stateName: '等待接替（24 小时后自动生效，客户可拒绝）',
  errcode: null,
  handover: person('zhaomin', '赵敏'),
  takeover: person('chenlu', '陈璐'),
  contact: { externalUserId: 'wm_wang', name: '王建国' },
  account: { id: 'a3', name: '华东精密制造有限公司' },
  askedAt: '2026-11-21T03:00:00.000Z',
  takeoverAt: '2026-11-22T03:00:00.000Z',
  settledAt: null,
  ...changes,
});

const someTransfers = () => ({
  transfers: [
    aTransfer(),
    aTransfer({
      id: 't2',
      kind: 'resigned',
      state: 'rejected',
      stateName: '未能发起：接手成员未实名认证',
      account: null,
    }),
  ],
});

const decided = () => ({
  settings: someSettings,
  saveSection: () => ({ value: null, version: 1 }),
  previewSection: aPreview,
  audit: anAuditPage,
  verifyAudit: aWholeLog,
});

/** A console with something in every tab. */
export const aBusyConsole = (): ConsoleApi => ({
  doctor: aDoctorReport,
  syncs: someSyncs,
  events: someEvents,
  replay: () => ({ outcome: 'done', error: null }),
  notices: someNotices,
  sessions: () => ({ members: [] }),
  endSessions: () => ({ ended: 0 }),
  transfers: someTransfers,
  pool: aPool,
  ...someChannels(),
  ...decided(),
});

/** A console on which nothing has happened. */
export const anEmptyConsole = (): ConsoleApi => ({
  doctor: aHealthyReport,
  syncs: () => ({ isUnderWay: false, runs: [] }),
  events: () => ({ total: 0, events: [] }),
  replay: () => ({ outcome: 'done', error: null }),
  notices: () => ({ notices: [] }),
  sessions: () => ({ members: [] }),
  endSessions: () => ({ ended: 0 }),
  transfers: () => ({ transfers: [] }),
  pool: () => ({ accounts: [] }),
  channels: () => ({ since: '2025-11-22', channels: [] }),
  ...decided(),
  audit: () => ({ entries: [], next: null }),
});
