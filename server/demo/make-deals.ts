import type { Milestone } from '../domain/deals/contract.ts';
import { OPPORTUNITY_STAGES, type Opportunity, type OpportunityStage } from '../domain/deals/opportunity.ts';
import type { BookContract, BookOpportunity, BookOrder } from './book.ts';
import { daysBefore, shanghaiDay } from './days.ts';
import type { Dice } from './dice.ts';
import type { Standing } from './standing.ts';

/** Whose deals: `number` is the account's, `orders` are what it bought. */
export type Dealer = { number: string; standing: Standing; orders: readonly BookOrder[]; now: Date };

/** Percent of accounts with an opportunity; who never bought is courted most. */
const COURTED_PERCENT = { head: 60, waist: 35, tail: 12, old: 20, none: 45 } as const;
/** Percent of accounts with orders that have a contract with payments. */
const CONTRACT_PERCENT = { head: 60, waist: 25, tail: 4, old: 0, none: 0 } as const;

/** In the order of the funnel, each as often as a funnel holds it. */
const STAGE_WEIGHTS: readonly OpportunityStage[] = [
  ...Array.from({ length: 5 }, () => 'target' as const),
  ...Array.from({ length: 5 }, () => 'interest' as const),
  ...Array.from({ length: 3 }, () => 'project' as const),
  ...Array.from({ length: 2 }, () => 'approval' as const),
  'negotiation',
  ...Array.from({ length: 2 }, () => 'won' as const),
  ...Array.from({ length: 2 }, () => 'lost' as const),
];
const WANTED = [
  '六轴上下料机器人工作站',
  'YS-850 立式加工单元',
  '机器视觉检测系统',
  '设备联网与数据采集',
] as const;
const LOST_REASONS = ['价格高于竞争对手', '项目取消', '预算推迟到明年', '选了原有供应商'] as const;

/** At most one opportunity, in any stage. */
export function makeOpportunities(dice: Dice, dealer: Dealer): BookOpportunity[] {
  if (!dice.chance(COURTED_PERCENT[dealer.standing.group])) return [];
  return [makeOpportunity(dice, dealer, dice.pick(STAGE_WEIGHTS))];
}

/** One opportunity that has come to this stage. */
export function makeOpportunity(
  dice: Dice,
  { number, now }: Pick<Dealer, 'number' | 'now'>,
  stage: OpportunityStage,
): BookOpportunity {
  const product = dice.pick(WANTED);
  const isOver = stage === 'won' || stage === 'lost';
  const lines: Opportunity['lines'] = [{ product, amountFen: dice.int(30, 900) * 100_000 }];
  if (dice.chance(30)) lines.push({ product: '年度维保服务', amountFen: dice.int(24, 90) * 100_000 });
  return {
    externalId: `SJ-${number}`,
    name: product,
    stage,
    lines,
    purchaseType: dice.chance(30) ? 'continuous' : 'occasional',
    expectedCloseOn: shanghaiDay(daysBefore(now, isOver ? dice.int(1, 60) : dice.int(-150, 20))),
    lostReason: stage === 'lost' ? dice.pick(LOST_REASONS) : null,
    stageHistory: pathTo(dice, stage, now),
  };
}

/** Every stage up to this one, some weeks apart; a loss may come early. */
function pathTo(dice: Dice, stage: OpportunityStage, now: Date): Opportunity['stageHistory'] {
  const open = OPPORTUNITY_STAGES.slice(0, 5);
  const before =
    stage === 'lost'
      ? open.slice(0, dice.int(1, 5))
      : OPPORTUNITY_STAGES.slice(0, OPPORTUNITY_STAGES.indexOf(stage));
  let daysAgo = dice.int(1, 40);
  const path = [...before, stage].toReversed().map((each) => {
    const at = daysBefore(now, daysAgo);
    daysAgo += dice.int(5, 40);
    return { stage: each, at };
  });
  return path.toReversed();
}

/** At most one contract, over one of the account's orders. */
export function makeContracts(dice: Dice, dealer: Dealer): BookContract[] {
  const { standing, orders } = dealer;
  return orders.length > 0 && dice.chance(CONTRACT_PERCENT[standing.group]) ? makeContract(dice, dealer) : [];
}

/** A contract over one of the orders, signed shortly before it was paid, or when it is said; `isLate`: a payment that is due was not made. */
export function makeContract(
  dice: Dice,
  { number, orders, now }: Dealer,
  said?: { signedAt: Date; isLate: boolean },
): BookContract[] {
  if (orders.length === 0) return [];
  const order = dice.pick(orders);
  const { product, amountFen, costFen, kind } = order;
  const signedAt = said?.signedAt ?? daysBefore(new Date(`${order.paidOn}T04:00:00Z`), dice.int(5, 20));
  const isLate = said?.isLate ?? dice.chance(LATE_PERCENT);
  const isTerm = kind !== 'sale';
  return [
    {
      externalId: `HT-${number}`,
      name: `${product}合同`,
      kind,
      amountFen,
      costFen,
      signedOn: shanghaiDay(signedAt),
      endsOn: isTerm ? shanghaiDay(daysBefore(signedAt, -365)) : null,
      milestones: makeMilestones({ amountFen, signedAt, now, isLate }),
    },
  ];
}

/** Shares in whole percent and days after signing; the last payment takes what rounding leaves. */
const PAYMENTS = [
  ['down_payment', 30, 7],
  ['delivery', 40, 60],
  ['acceptance', 20, 120],
  ['warranty', 10, 485],
] as const;
const LATE_PERCENT = 20;

/** The sum is the contract's. In one contract of five the last payment that is due was not made. */
function makeMilestones({
  amountFen,
  signedAt,
  now,
  isLate,
}: {
  amountFen: number;
  signedAt: Date;
  now: Date;
  isLate: boolean;
}): Milestone[] {
  const today = shanghaiDay(now);
  let restFen = amountFen;
  const milestones = PAYMENTS.map(([kind, percent, days], index) => {
    const isLast = index === PAYMENTS.length - 1;
    const share = isLast ? restFen : Math.floor((amountFen * percent) / 100);
    restFen -= share;
    const dueOn = shanghaiDay(daysBefore(signedAt, -days));
    const isPaid = dueOn <= today;
    return {
      kind,
      dueOn,
      amountFen: share,
      paidFen: isPaid ? share : 0,
      paidOn: isPaid ? dueOn : null,
      isWrittenOff: false,
    };
  });
  const last = milestones.findLast(({ paidFen }) => paidFen > 0);
  if (isLate && last) Object.assign(last, { paidFen: 0, paidOn: null });
  return milestones;
}
