import type { DealsView } from '../../../server/api/contract/deals.ts';
import { dayText } from '../../parts/days.ts';
import { OPPORTUNITY_STAGE } from '../../parts/texts.ts';
import { yuanText } from '../../parts/yuan.ts';

/** Words around deals. */
export const DEALS = {
  title: '商机、合同与订单',
  none: '还没有商机、合同和订单',
  more: (count: number) => `还有 ${count} 个`,
  move: '一起移走的商机、合同和订单（可不选）',
} as const;

/** Groups of deals, from what may come to what was paid. */
export const DEAL_KIND = { opportunities: '商机', contracts: '合同', orders: '订单' } as const;
export type DealKind = keyof typeof DEAL_KIND;

/** One deal in a line: what it is called, and its facts. */
type DealLine = { id: string; name: string; facts: string };

const joined = (parts: readonly (string | false | null)[]) => parts.filter(Boolean).join(' · ');

/** Every group of deals, as lines. */
export const dealLines = ({ opportunities, contracts, orders }: DealsView): Record<DealKind, DealLine[]> => ({
  opportunities: opportunities.map(({ id, name, stage, amountFen, expectedCloseOn }) => {
    const close = expectedCloseOn && `预计 ${dayText(expectedCloseOn)}成交`;
    return { id, name, facts: joined([OPPORTUNITY_STAGE[stage], yuanText(amountFen), close]) };
  }),
  contracts: contracts.map(({ id, name, amountFen, openFen, signedOn, endsOn }) => {
    const open = openFen > 0 && `未付 ${yuanText(openFen)}`;
    const end = endsOn && `${dayText(endsOn)}到期`;
    return { id, name, facts: joined([yuanText(amountFen), open, `${dayText(signedOn)}签`, end]) };
  }),
  orders: orders.map(({ id, product, amountFen, refundedFen, paidOn }) => {
    const refund = refundedFen > 0 && `退款 ${yuanText(refundedFen)}`;
    return {
      id,
      name: product || `订单 ${id}`,
      facts: joined([yuanText(amountFen), refund, `${dayText(paidOn)}付`]),
    };
  }),
});
