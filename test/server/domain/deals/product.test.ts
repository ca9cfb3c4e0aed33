import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPPORTUNITY_STAGES } from '../../../../server/domain/deals/opportunity.ts';
import {
  productOf,
  type ProductOpportunity,
  type ProductOrder,
} from '../../../../server/domain/deals/product.ts';

const day = (count: number) => new Date(Date.UTC(2026, 0, 1 + count));
const line = (product: string, amountFen = 100) => ({ product, amountFen });

const aWish = (changes: Partial<ProductOpportunity> = {}): ProductOpportunity => ({
  _id: 'C1',
  stage: 'interest',
  lines: [line('水泵')],
  stageHistory: [{ at: day(0) }],
  ...changes,
});

const anOrder = (changes: Partial<ProductOrder> = {}): ProductOrder => ({
  _id: 'D1',
  product: '阀门',
  amountFen: 1000,
  refundedFen: 0,
  paidOn: '2026-01-01',
  ...changes,
});

describe('the product of an account', () => {
  it('is that of an open opportunity, before that of any order', () => {
    const orders = [anOrder({ paidOn: '2026-11-01' })];
    expect(productOf([aWish()], orders)).toEqual({ product: '水泵', from: 'opportunity', dealId: 'C1' });
  });

  it('is that of the order when there is no opportunity', () => {
    expect(productOf([], [anOrder()])).toEqual({ product: '阀门', from: 'order', dealId: 'D1' });
  });

  it('is unknown without deals', () => {
    expect(productOf([], [])).toBeNull();
  });

  it.each(OPPORTUNITY_STAGES)('of an opportunity at %s counts unless it is won or lost', (stage) => {
    const found = productOf([aWish({ stage })], [anOrder()]);
    expect(found?.from).toBe(stage === 'won' || stage === 'lost' ? 'order' : 'opportunity');
  });

  it('is that of the opportunity that began last, however long it moves already', () => {
    const early = aWish({ _id: 'C1', stageHistory: [{ at: day(1) }, { at: day(9) }] });
    const late = aWish({ _id: 'C2', lines: [line('阀门')], stageHistory: [{ at: day(2) }] });
    expect(productOf([early, late], [])?.dealId).toBe('C2');
  });

  it('is that of the larger number when two began at once', () => {
    expect(productOf([aWish({ _id: 'C2' }), aWish({ _id: 'C1' })], [])?.dealId).toBe('C2');
    expect(productOf([], [anOrder({ _id: 'D2' }), anOrder({ _id: 'D1' })])?.dealId).toBe('D2');
  });

  it('takes an opportunity whose beginning nobody noted for the oldest', () => {
    const unknown = aWish({ _id: 'C9', stageHistory: [] });
    expect(productOf([unknown, aWish({ _id: 'C1' })], [])?.dealId).toBe('C1');
  });

  it('is the one of the largest amount, lines of one product together, of equal ones the first', () => {
    const lines = [line('甲', 300), line('乙', 200), line('乙', 101)];
    expect(productOf([aWish({ lines })], [])?.product).toBe('乙');
    expect(productOf([aWish({ lines: [line('甲', 300), line('乙', 300)] })], [])?.product).toBe('甲');
  });

  it('is never that of a deal which names none', () => {
    const nameless = aWish({ lines: [line(' '), line('')] });
    expect(productOf([nameless, aWish({ lines: [] })], [anOrder({ product: '  ' })])).toBeNull();
    expect(productOf([nameless], [anOrder()])?.from).toBe('order');
  });

  it('is that of the order paid last which was not paid back whole', () => {
    const orders = [
      anOrder({ _id: 'D1', paidOn: '2026-03-01' }),
      anOrder({ _id: 'D2', paidOn: '2026-03-02', refundedFen: 999 }),
      anOrder({ _id: 'D3', paidOn: '2026-03-03', refundedFen: 1000 }),
    ];
    expect(productOf([], orders)?.dealId).toBe('D2');
    expect(productOf([], orders.slice(2))).toBeNull();
  });

  it('is written without the blanks around it', () => {
    expect(productOf([aWish({ lines: [line(' 水泵 ')] })], [])?.product).toBe('水泵');
    expect(productOf([], [anOrder({ product: ' 阀门' })])?.product).toBe('阀门');
  });
});

describe('for any deals', () => {
  const name = fc.constantFrom('', ' ', '水泵', '阀门', '法兰');
  const ids = fc.uniqueArray(fc.nat(50), { maxLength: 8 });
  const wish = (id: number): fc.Arbitrary<ProductOpportunity> =>
    fc.record({
      _id: fc.constant(`C${id}`),
      stage: fc.constantFrom(...OPPORTUNITY_STAGES),
      lines: fc.array(fc.record({ product: name, amountFen: fc.nat(1000) }), { maxLength: 3 }),
      stageHistory: fc.array(fc.record({ at: fc.nat(400).map(day) }), { maxLength: 2 }),
    });
  const order = (id: number): fc.Arbitrary<ProductOrder> =>
    fc.record({
      _id: fc.constant(`D${id}`),
      product: name,
      amountFen: fc.integer({ min: 1, max: 100 }),
      refundedFen: fc.nat(100),
      paidOn: fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01'),
    });
  const wishes = ids.chain((all) => fc.tuple(...all.map(wish)));
  const orders = ids.chain((all) => fc.tuple(...all.map(order)));

  it('does not depend on the order in which deals are read', () => {
    fc.assert(
      fc.property(wishes, orders, (one, other) => {
        expect(productOf(one.toReversed(), other.toReversed())).toEqual(productOf(one, other));
      }),
    );
  });

  it('names a product that the named deal holds', () => {
    fc.assert(
      fc.property(wishes, orders, (one, other) => {
        const found = productOf(one, other);
        if (!found) return;
        const held = [
          ...one.flatMap(({ _id, lines }) => lines.map(({ product }) => [_id, product.trim()])),
          ...other.map(({ _id, product }) => [_id, product.trim()]),
        ];
        expect(held).toContainEqual([found.dealId, found.product]);
        expect(found.product).not.toBe('');
      }),
    );
  });

  it('is unknown only when no open opportunity and no standing order names one', () => {
    fc.assert(
      fc.property(wishes, orders, (one, other) => {
        const isNamed =
          one.some(
            ({ stage, lines }) =>
              !['won', 'lost'].includes(stage) && lines.some(({ product }) => product.trim()),
          ) || other.some((each) => each.product.trim() && (each.refundedFen ?? 0) < each.amountFen);
        expect(productOf(one, other) !== null).toBe(isNamed);
      }),
    );
  });
});
