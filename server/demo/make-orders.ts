import type { BookOrder } from './book.ts';
import { daysBefore, inOfficeHours, shanghaiDay } from './days.ts';
import type { Dice } from './dice.ts';
import type { Standing } from './standing.ts';

/** Prices in yuan; the cost is a share of the price, whole percent. */
type Product = { name: string; fromYuan: number; costPercent: number; kind: 'sale' | 'subscription' };

/** What the corp sells, dearest first; an order takes a product that its amount can carry. */
const PRODUCTS: readonly Product[] = [
  { name: '智能仓储立体库', fromYuan: 1_600_000, costPercent: 72, kind: 'sale' },
  { name: '柔性产线改造项目', fromYuan: 900_000, costPercent: 68, kind: 'sale' },
  { name: '六轴上下料机器人工作站', fromYuan: 420_000, costPercent: 66, kind: 'sale' },
  { name: 'YS-850 立式加工单元', fromYuan: 280_000, costPercent: 64, kind: 'sale' },
  { name: '机器视觉检测系统', fromYuan: 160_000, costPercent: 55, kind: 'sale' },
  { name: '远山 MES 软件年度订阅', fromYuan: 90_000, costPercent: 28, kind: 'subscription' },
  { name: '设备联网与数据采集', fromYuan: 50_000, costPercent: 45, kind: 'sale' },
  { name: '年度维保服务', fromYuan: 24_000, costPercent: 38, kind: 'subscription' },
  { name: '刀具管理系统', fromYuan: 15_000, costPercent: 40, kind: 'sale' },
  { name: '伺服备件包', fromYuan: 2_000, costPercent: 60, kind: 'sale' },
];

/** Revenue of an average rated account in 12 months, in yuan: four salespeople, some 75 million a year. */
const AVERAGE_YUAN = 1_500_000;

/** Who buys; `isLapsed`: nothing in the last 200 days; `isAgent`: one order is a distribution right. */
type Buyer = { externalId: string; standing: Standing; isLapsed: boolean; isAgent: boolean; now: Date };

/** Two years of paid orders of one account, oldest first. */
export function makeOrders(dice: Dice, buyer: Buyer): BookOrder[] {
  const { standing, now } = buyer;
  if (standing.group === 'none') return [];
  const total = standing.weight * AVERAGE_YUAN * (0.96 + dice.next() * 0.08);
  // A tail account may have bought once only; others bought the year before as well, growing or shrinking.
  const isNew = standing.group === 'tail' ? dice.chance(35) : dice.chance(10);
  const isOld = standing.group === 'old';
  const lately = isOld
    ? []
    : split(dice, total, { count: countOf(dice, standing), from: buyer.isLapsed ? 200 : 12, to: 350 });
  const before =
    isNew && !isOld
      ? []
      : split(dice, total * (0.55 + dice.next() * 0.8), {
          count: Math.ceil(countOf(dice, standing) * 0.8),
          from: 375,
          to: 715,
        });
  return [...before, ...lately].map((part, index) => {
    const number = String(index + 1).padStart(2, '0');
    const isAgency = buyer.isAgent && index === before.length;
    return {
      externalId: `${buyer.externalId.replace('KH', 'DD')}-${number}`,
      accountExternalId: buyer.externalId,
      ...goodsFor(dice, part.yuan),
      ...(isAgency && { product: '浙江区域代理授权', kind: 'agency' as const }),
      paidOn: shanghaiDay(inOfficeHours(daysBefore(now, part.daysAgo), 12, 0)),
    };
  });
}

/** Orders in a year. */
function countOf(dice: Dice, { group }: Standing): number {
  if (group === 'head') return dice.int(6, 11);
  if (group === 'waist') return dice.int(2, 5);
  return dice.int(1, 2);
}

/** Days before now, both ends included. */
type Period = { count: number; from: number; to: number };

/** Splits an amount into orders over the days from `from` to `to` before now, oldest first. */
function split(
  dice: Dice,
  totalYuan: number,
  { count, from, to }: Period,
): { yuan: number; daysAgo: number }[] {
  const shares = Array.from({ length: count }, () => 0.4 + dice.next());
  const sum = shares.reduce((left, right) => left + right, 0);
  return shares
    .map((share) => ({
      yuan: Math.max(20, Math.round((totalYuan * share) / sum / 100)) * 100,
      daysAgo: dice.int(from, to),
    }))
    .sort((left, right) => right.daysAgo - left.daysAgo);
}

/** Something that costs at most this much, dearer things first. */
function goodsFor(dice: Dice, yuan: number): Pick<BookOrder, 'product' | 'kind' | 'amountFen' | 'costFen'> {
  const affordable = PRODUCTS.filter((product) => product.fromYuan <= yuan);
  const product = dice.pick(affordable.slice(0, 4));
  const percent = product.costPercent + dice.int(-4, 4);
  return {
    product: product.name,
    kind: product.kind,
    amountFen: yuan * 100,
    costFen: yuan * percent,
  };
}
