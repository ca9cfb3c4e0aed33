import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Warnings, WarningView } from '../../../server/api/contract/warnings.ts';
import type { Door, Reply } from './serve-pages.ts';

/** What the server says of warnings. */
export type WarningApi = {
  warnings: (query: URLSearchParams) => Reply<Warnings>;
  acknowledge: (id: string, note: string) => Reply<WarningView>;
  resolve: (id: string, note: string) => Reply<WarningView>;
};

const noteOf = async (request: IncomingMessage) => ((await json(request)) as { note: string }).note;

/** Doors of the scripted API. */
export const WARNING_DOORS: Door<WarningApi>[] = [
  [/^GET \/api\/v1\/warnings\?(.*)$/, (api, query) => api.warnings(new URLSearchParams(query))],
  [
    /^POST \/api\/v1\/warnings\/(.+)\/acknowledge$/,
    async (api, id, request) => api.acknowledge(id, await noteOf(request)),
  ],
  [
    /^POST \/api\/v1\/warnings\/(.+)\/resolve$/,
    async (api, id, request) => api.resolve(id, await noteOf(request)),
  ],
];

/** A payment that is late, raised two days ago and nobody's yet. */
export const aWarning = (changes: Partial<WarningView> = {}): WarningView => ({
  id: 'w1',
  kind: 'payment_overdue',
  kindName: '回款逾期',
  level: 'high',
  state: 'open',
  text: '合同“五轴机床二期”有 1 笔回款逾期，最久 12 天',
  why: {
    inputs: {
      contract: '五轴机床二期',
      milestone: 'delivery',
      dueOn: '2026-11-10',
      overdueDays: 12,
      openFen: 12_000_000,
    },
    boundary: { name: 'overdueDays', value: 1 },
  },
  account: { id: 'a1', name: '华东精密制造有限公司' },
  owner: { staffId: 'zhangwei', name: '张伟' },
  heir: null,
  raisedAt: '2026-11-20T02:00:00.000Z',
  seenAt: '2026-11-22T01:00:00.000Z',
  acknowledgedAt: null,
  acknowledgedBy: null,
  resolvedAt: null,
  resolvedBy: null,
  note: '',
  link: '/sidebar/?contact=wm_wang',
  ...changes,
});

/** One of each level; the lightest is being worked on. */
export const someWarnings = (): WarningView[] => [
  aWarning({
    id: 'w2',
    kind: 'kdm_stale',
    kindName: '关键决策人资料过期',
    level: 'low',
    text: '王建国的资料已 118 天没有核实',
    state: 'acknowledged',
    acknowledgedAt: '2026-11-21T02:00:00.000Z',
    acknowledgedBy: { staffId: 'zhangwei', name: '张伟' },
    note: '约了周五电话核实',
  }),
  aWarning({
    id: 'w3',
    kind: 'tier_fell',
    kindName: '客户分层下降',
    level: 'medium',
    text: '从头部降到腰部',
    why: {
      inputs: { fromTier: 'head', toTier: 'waist', fellAt: '2026-11-19T18:00:00.000Z' },
      boundary: { name: 'fromTier', value: 'head' },
    },
  }),
  aWarning(),
];

/** A server on which nothing is going wrong; what is handled is told back. */
export const noWarnings = (): WarningApi => ({
  warnings: () => ({ warnings: [], nextBefore: null }),
  acknowledge: (id, note) =>
    aWarning({
      id,
      note,
      state: 'acknowledged',
      acknowledgedAt: '2026-11-22T02:00:00.000Z',
      acknowledgedBy: { staffId: 'zhangwei', name: '张伟' },
    }),
  resolve: (id, note) => aWarning({ id, note, state: 'resolved', resolvedAt: '2026-11-22T02:00:00.000Z' }),
});
