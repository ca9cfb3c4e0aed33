import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ORDER_KINDS } from '../../../../server/domain/deals/order.ts';
import { readOrder, type OrderRow } from '../../../../server/domain/deals/order-row.ts';

const TODAY = '2026-03-11';
/** A row without fault. */
const aRow = (given: OrderRow = {}): OrderRow => ({
  external_id: 'SO-1',
  account_external_id: 'C-1',
  account: '',
  product: '数控机床',
  amount_yuan: '12,800.50',
  cost_yuan: '9000',
  paid_on: '2026-03-09',
  kind: '销售',
  ...given,
});
const orderOf = (given: OrderRow) => {
  const read = readOrder(aRow(given), TODAY);
  if (!('order' in read)) throw new Error(`refused: ${read.problems.join(', ')}`);
  return read.order;
};
const problemsOf = (given: OrderRow): readonly string[] => readOrder(aRow(given), TODAY).problems;

describe('a good row', () => {
  it('is an order in fen and days, with the customer as the file names it', () => {
    expect(readOrder(aRow({ account: '恒锐' }), TODAY)).toEqual({
      order: {
        externalId: 'SO-1',
        product: '数控机床',
        amountFen: 1_280_050,
        costFen: 900_000,
        paidOn: '2026-03-09',
        kind: 'sale',
      },
      customer: { accountExternalId: 'C-1', accountName: '恒锐' },
      problems: [],
    });
  });

  it('may name the customer by number or by name', () => {
    expect(problemsOf({ account: '恒锐', account_external_id: '' })).toEqual([]);
    expect(problemsOf({ account: '', account_external_id: 'C-1' })).toEqual([]);
  });

  it('needs neither product nor cost nor kind', () => {
    const row = { external_id: 'SO-1', account: '恒锐', amount_yuan: '1', paid_on: TODAY };
    expect(readOrder(row, TODAY)).toMatchObject({
      order: { externalId: 'SO-1', product: '', amountFen: 100, costFen: 0, paidOn: TODAY, kind: 'sale' },
    });
  });

  it('may have blanks around everything', () => {
    const padded = Object.fromEntries(Object.entries(aRow()).map(([key, value]) => [key, `  ${value}\t`]));
    expect(readOrder(padded, TODAY)).toEqual(readOrder(aRow(), TODAY));
  });

  it.each([
    ['2026-03-09', '2026-03-09'],
    ['2026/3/9', '2026-03-09'],
    ['2026/03/09', '2026-03-09'],
    ['2026-3-9', '2026-03-09'],
    ['2025/12/31', '2025-12-31'],
    ['2025/1/10', '2025-01-10'],
    ['2024-2-29', '2024-02-29'],
    [TODAY, TODAY],
  ])('paid on “%s” is paid on %s', (text, day) => {
    expect(orderOf({ paid_on: text }).paidOn).toBe(day);
  });

  it.each([
    ['销售', 'sale'],
    ['代理', 'agency'],
    ['经销', 'distribution'],
    ['股权', 'equity'],
    ['订阅', 'subscription'],
    ['sale', 'sale'],
    ['Agency', 'agency'],
    ['DISTRIBUTION', 'distribution'],
    ['equity', 'equity'],
    ['subscription', 'subscription'],
    ['', 'sale'],
  ])('of kind “%s” is a %s', (text, kind) => {
    expect(orderOf({ kind: text }).kind).toBe(kind);
  });

  it('may cost nothing', () => {
    expect(orderOf({ cost_yuan: '0' }).costFen).toBe(0);
  });

  it('may be as large as money goes', () => {
    expect(orderOf({ amount_yuan: '1,000,000,000,000' }).amountFen).toBe(100_000_000_000_000);
  });
});

describe('a row with a fault', () => {
  it.each<[OrderRow, string]>([
    [{ external_id: ' ' }, '缺少订单编号'],
    [{ account_external_id: '' }, '缺少客户编号或客户名称'],
    [{ amount_yuan: '' }, '缺少金额'],
    [{ amount_yuan: '0' }, '金额不能为 0'],
    [{ amount_yuan: '0.00' }, '金额不能为 0'],
    [{ amount_yuan: '-1' }, '金额不能为负数'],
    [{ amount_yuan: '一万' }, '金额“一万”不是有效金额'],
    [{ amount_yuan: '1.005' }, '金额“1.005”不是有效金额'],
    [{ amount_yuan: '1e6' }, '金额“1e6”不是有效金额'],
    [{ amount_yuan: '1000000000000.01' }, '金额“1000000000000.01”不是有效金额'],
    [{ amount_yuan: '9'.repeat(400) }, '不是有效金额'],
    [{ cost_yuan: '-0.01' }, '成本不能为负数'],
    [{ cost_yuan: 'x' }, '成本“x”不是有效金额'],
    [{ paid_on: '' }, '缺少付款日期'],
    [{ paid_on: '2026-03-12' }, '付款日期 2026-03-12 在今天之后'],
    [{ paid_on: '2026/3/12' }, '付款日期 2026-03-12 在今天之后'],
    [{ paid_on: '2026-02-29' }, '付款日期“2026-02-29”应写作'],
    [{ paid_on: '2026-13-01' }, '付款日期“2026-13-01”应写作'],
    [{ paid_on: '9/3/2026' }, '付款日期“9/3/2026”分不清哪个是月、哪个是日，应写作 2026-11-22'],
    [{ paid_on: '20260399' }, '付款日期“20260399”应写作'],
    [{ external_id: '1.23457E+17' }, '订单编号“1.23457E+17”被表格软件改成了科学计数法'],
    [{ external_id: '3月5日' }, '订单编号“3月5日”被表格软件改成了日期'],
    [{ account_external_id: '5-Mar' }, '客户编号“5-Mar”被表格软件改成了日期'],
    [{ product: '#N/A' }, '产品“#N/A”是表格里的公式错误'],
    [{ paid_on: '昨天' }, '付款日期“昨天”应写作'],
    [{ kind: '租赁' }, '类型“租赁”应为 销售、代理、经销、股权、订阅'],
    [{ kind: 'constructor' }, '类型“constructor”应为'],
    [{ kind: 'toString' }, '类型“toString”应为'],
  ])('%j is told: %s', (given, problem) => {
    const problems = problemsOf(given);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it('names all its faults at once, so that one round of mending is enough', () => {
    const wrong = {
      external_id: '',
      account_external_id: '',
      amount_yuan: '-5',
      cost_yuan: 'x',
      paid_on: 'y',
      kind: 'z',
    };
    expect(
      problemsOf(wrong)
        .map((problem) => problem.slice(0, 4))
        .sort(),
    ).toEqual(
      ['缺少订单', '缺少客户', '金额不能', '成本“x', '付款日期', '类型“z']
        .map((start) => start.slice(0, 4))
        .sort(),
    );
  });

  it('names an amount of nothing beside the others', () => {
    const told = problemsOf({ amount_yuan: '0', paid_on: '', external_id: '' }).join();
    expect(told).toContain('金额不能为 0');
    expect(told).toContain('缺少付款日期');
    expect(told).toContain('缺少订单编号');
  });

  it('is never half an order', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '0', '-1', '2026/3/9', '销售', '__proto__'),
    );
    const row = fc.record(
      Object.fromEntries(Object.keys(aRow()).map((key) => [key, cell])) as Record<
        keyof OrderRow,
        typeof cell
      >,
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(row, (given) => {
        const read = readOrder(given, TODAY);
        expect('order' in read).toBe(read.problems.length === 0);
        const { amountFen, costFen, paidOn, kind } = 'order' in read ? read.order : orderOf({});
        expect(amountFen > 0 && costFen >= 0 && paidOn <= TODAY).toBe(true);
        expect(ORDER_KINDS).toContain(kind);
      }),
    );
  });
});
