import { expect, it } from 'vitest';
import { MILESTONE_KINDS } from '../../../../server/domain/deals/contract.ts';
import { OPPORTUNITY_STAGES } from '../../../../server/domain/deals/opportunity.ts';
import type { WarningFacts } from '../../../../server/domain/warnings/facts.ts';
import { findWarnings } from '../../../../server/domain/warnings/find-warnings.ts';
import { WARNING_KINDS, type WarningKind } from '../../../../server/domain/warnings/kinds.ts';
import { whyRows } from '../../../../sidebar/parts/warnings/why-rows.ts';
import { aFollowing, aWatch, facts, noon, NOW } from '../../../support/a-watch.ts';

const lost = (lostBy: 'by_contact' | 'by_staff') => aFollowing({ lostAt: noon('2026-03-10'), lostBy });
const milestone = (kind: (typeof MILESTONE_KINDS)[number]) => ({
  kind,
  dueOn: '2026-03-01',
  amountFen: 50_000_000,
  paidFen: 10_000_000,
  paidOn: null,
  isWrittenOff: false,
});
const contract = (kind: (typeof MILESTONE_KINDS)[number], endsOn: string | null) => ({
  _id: 'c1',
  accountId: 'a1',
  name: 'delivery',
  kind: 'sale' as const,
  amountFen: 50_000_000,
  costFen: 0,
  signedOn: '2025-04-01',
  endsOn,
  milestones: [milestone(kind)],
});
const stuck = (stage: (typeof OPPORTUNITY_STAGES)[number]) => ({
  _id: 'o1',
  name: '二期扩产',
  stage,
  stageHistory: [{ stage, at: noon('2025-10-01') }],
});
const key = [{ _id: 'wm1', name: '王经理', kdm: { decisionRole: 'purchaser' } }] as const;
const fell = (kind: string, from: string, to: string) => ({ kind, from, to, at: noon('2026-03-10') });

/** For each rule an account that it warns of. */
const CASES: Record<WarningKind, WarningFacts> = {
  follow_up_high_risk: facts({ dueOn: '2026-02-02' }),
  follow_up_overdue: facts({ tier: 'head', dueOn: '2026-03-06' }),
  contact_left: facts({}, { relations: [lost('by_contact')] }),
  contact_deleted: facts({}, { relations: [lost('by_staff')] }),
  kdm_left: facts({}, { contacts: [...key], relations: [lost('by_contact')] }),
  kdm_stale: facts(
    {},
    { contacts: [{ ...key[0], kdm: { ...key[0].kdm, confirmedAt: noon('2025-06-01') } }] },
  ),
  detractor: facts({}, { answers: [{ externalUserId: 'wm1', score: 3, answeredAt: NOW }] }),
  tier_fell: facts({ tier: 'waist' }, { falls: [fell('tier', 'head', 'waist')] }),
  stage_fell: facts({ stage: 'repeat' }, { falls: [fell('stage', 'long_term', 'repeat')] }),
  revenue_fell: facts({}, { orders: [{ amountFen: 90_000_000, paidOn: '2024-06-01' }] }),
  share_fell: facts({ sharePercent: 40, shareSeen: { percent: 40, before: 55, on: '2026-03-10' } }),
  payment_overdue: facts({}, { contracts: [contract('warranty', null)] }),
  opportunity_stuck: facts({}, { opportunities: [stuck('approval')] }),
  single_threaded: facts({ tier: 'head' }),
  contract_ending: facts({}, { contracts: [contract('warranty', '2026-05-01')] }),
  complaint_open: facts(
    {},
    { complaints: [{ _id: 'k1', externalUserId: 'wm1', openedAt: noon('2026-03-08') }] },
  ),
};

const stays = new Map(OPPORTUNITY_STAGES.map((stage) => [stage, 30]));
const watch = aWatch({ typicalStays: stays });
const rowsOf = (kind: WarningKind, given = CASES[kind]) =>
  findWarnings(given, watch, [kind]).map(({ inputs, boundary }) =>
    whyRows({ kind, why: { inputs, boundary } }),
  );
const named = ['anna', 'delivery']; // what people wrote, not our words

it.each(WARNING_KINDS)('tells why %s warns in Chinese, each fact by a name of its own', (kind) => {
  const [found, ...others] = findWarnings(CASES[kind], watch, [kind]);
  expect(others).toEqual([]);
  const known = Object.values(found?.inputs ?? {}).filter((value) => value !== null);
  const [rows = []] = rowsOf(kind);
  expect(rows.filter(([label]) => label !== '界线')).toHaveLength(known.length);
  for (const [label] of rows) expect(label).toMatch(/^[一-鿿]+$/);
  const foreign = rows.filter(([, value]) => /[a-zA-Z_]/.test(value) && !named.includes(value));
  expect(foreign).toEqual([]);
  expect(new Set(rows.map(([label]) => label)).size).toBe(rows.length);
});

it.each<[WarningKind, [string, string][]]>([
  [
    'follow_up_overdue',
    [
      ['应跟进日期', '3月6日'],
      ['逾期', '3 个工作日'],
      ['分层', '头部'],
      ['界线', '逾期 1 个工作日起'],
    ],
  ],
  [
    'kdm_left',
    [
      ['失去联系', '3月10日'],
      ['原因', '客户删除了我方'],
    ],
  ],
  [
    'detractor',
    [
      ['评分', '3 分'],
      ['评价日期', '3月11日'],
      ['界线', '6 分及以下'],
    ],
  ],
  [
    'stage_fell',
    [
      ['原阶段', '长期'],
      ['现阶段', '重复购买'],
      ['下降日期', '3月10日'],
    ],
  ],
  [
    'share_fell',
    [
      ['原份额', '55%'],
      ['现份额', '40%'],
      ['发现日期', '3月10日'],
      ['界线', '下降 5 个百分点起'],
    ],
  ],
  [
    'single_threaded',
    [
      ['联系人', '1 位'],
      ['界线', '至少 2 位'],
    ],
  ],
])('tells the facts of %s as people read them', (kind, rows) => {
  const [shown = []] = rowsOf(kind);
  expect(shown.map(([label, value]) => [label, value.replace('2026年', '')])).toEqual(rows);
});

it('has a word for every payment and every open stage, and leaves the names that people gave alone', () => {
  for (const kind of MILESTONE_KINDS) {
    const [rows = []] = rowsOf('payment_overdue', facts({}, { contracts: [contract(kind, null)] }));
    expect(rows[0]).toEqual(['合同', 'delivery']);
    expect(rows[1]?.[1]).toMatch(/款$/);
  }
  for (const stage of OPPORTUNITY_STAGES.filter((each) => each !== 'won' && each !== 'lost')) {
    const [rows = []] = rowsOf('opportunity_stuck', facts({}, { opportunities: [stuck(stage)] }));
    expect(rows[1]?.[1]).toMatch(/^[一-鿿]+$/);
  }
});
