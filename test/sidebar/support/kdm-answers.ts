import { json } from 'node:stream/consumers';
import type { KdmDraft, KdmHistory, KdmSaved, OrgChartView } from '../../../server/api/contract/kdm.ts';
import type { Door, Reply } from './serve-pages.ts';

/** What the server says of decision makers. */
export type KdmApi = {
  saveKdm: (externalUserId: string, draft: KdmDraft) => Reply<KdmSaved>;
  confirmKdm: (externalUserId: string, version: number) => Reply<{ confirmedAt: string }>;
  kdmHistory: (externalUserId: string) => Reply<KdmHistory>;
  orgChart: (accountId: string) => Reply<OrgChartView>;
};

/** Doors of the scripted API. */
export const KDM_DOORS: Door<KdmApi>[] = [
  [
    /^POST \/api\/v1\/contacts\/([^/]+)\/kdm$/,
    async (api, id, request) => api.saveKdm(id, (await json(request)) as KdmDraft),
  ],
  [
    /^POST \/api\/v1\/contacts\/([^/]+)\/kdm\/confirm$/,
    async (api, id, request) => api.confirmKdm(id, ((await json(request)) as { version: number }).version),
  ],
  [/^GET \/api\/v1\/contacts\/([^/]+)\/kdm\/changes\?/, (api, id) => api.kdmHistory(id)],
  [/^GET \/api\/v1\/accounts\/([^/]+)\/org-chart$/, (api, id) => api.orgChart(id)],
];

const zhang = { staffId: 'zhangwei', name: '张伟' };

export const aHistory = (): KdmHistory => ({
  total: 3,
  saves: [
    { id: '3', at: '2026-11-20T02:00:00.000Z', by: { staffId: 'zhaomin', name: '赵敏' }, changes: [] },
    {
      id: '2',
      at: '2026-09-01T02:00:00.000Z',
      by: zhang,
      changes: [
        { field: 'closeness', from: 'initial', to: 'regular' },
        { field: 'budgetUpToFen', from: null, to: 50_000_000 },
        {
          field: 'methods',
          from: null,
          to: [{ kind: 'mobile', value: '138 0013 8000', verifiedOn: '2026-09-01' }],
        },
      ],
    },
    {
      id: '1',
      at: '2026-08-03T02:00:00.000Z',
      by: zhang,
      changes: [{ field: 'superiorId', from: null, to: '周总' }],
    },
  ],
  closeness: [
    { since: null, closeness: null },
    { since: '2026-03-02T02:00:00.000Z', closeness: 'initial' },
    { since: '2026-09-01T02:00:00.000Z', closeness: 'regular' },
  ],
});

type Node = OrgChartView['nodes'][number];

/** Somebody in a chart. */
export const aNode = (externalUserId: string, name: string, changes: Partial<Node> = {}): Node => ({
  externalUserId,
  name,
  title: null,
  level: null,
  closeness: null,
  decisionRole: null,
  guideLevel: null,
  budget: null,
  depth: 0,
  superiorId: null,
  reports: 0,
  isCut: false,
  ...changes,
});

export const aChart = (): OrgChartView => ({
  accountId: 'a1',
  accountName: '华东精密制造有限公司',
  chainGaps: ['final_say', 'technical'],
  nodes: [
    aNode('wm_zhou', '周总', { title: '总经理', budget: 'final', closeness: 'initial', reports: 1 }),
    aNode('wm_wang', '王建国', {
      title: '采购总监',
      closeness: 'regular',
      decisionRole: 'purchaser',
      depth: 1,
      superiorId: 'wm_zhou',
      reports: 1,
    }),
    aNode('wm_li', '李娜', {
      title: '设备主管',
      closeness: 'close',
      decisionRole: 'user',
      depth: 2,
      superiorId: 'wm_wang',
    }),
  ],
  unplaced: [aNode('wm_he', '何工')],
});

/** A server that takes every change of a profile. */
export const aKdmBook = (): KdmApi => ({
  saveKdm: (_id, { version }) => ({ version: version + 1, changed: 1 }),
  confirmKdm: () => ({ confirmedAt: '2026-11-22T02:00:00.000Z' }),
  kdmHistory: aHistory,
  orgChart: aChart,
});
