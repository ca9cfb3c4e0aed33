import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountCell,
  cellsOf,
  choiceCell,
  dayCell,
  maybeDayCell,
  pastDayCell,
  priceCell,
  readOr,
  type Names,
} from '../../../../server/domain/imports/row-cells.ts';

/** What a reader gives, and what it complains of. */
function read<Value>(reader: (problems: string[]) => Value): [Value, string[]] {
  const problems: string[] = [];
  return [reader(problems), problems];
}

it('reads cells trimmed, and a missing one as an empty one', () => {
  const text = cellsOf<{ name?: string; region?: string }>({ name: ' 甲 ' });
  expect([text('name'), text('region')]).toEqual(['甲', '']);
});

it('gives the thing, or every problem', () => {
  expect(readOr({ a: 1 }, [])).toEqual({ a: 1, problems: [] });
  expect(readOr({ a: 1 }, ['x', 'y'])).toEqual({ problems: ['x', 'y'] });
});

describe('an amount', () => {
  it.each([
    ['12,800.50', 1_280_050, []],
    ['0', 0, []],
    ['-0.01', null, ['金额不能为负数']],
    ['', null, ['缺少金额']],
    ['十万', null, ['金额“十万”不是有效金额，应为元，如 12,800.50']],
    ['1.005', null, ['金额“1.005”不是有效金额，应为元，如 12,800.50']],
    ['1000000000000', 100_000_000_000_000, []],
    ['1000000000000.01', null, ['金额“1000000000000.01”不是有效金额，应为元，如 12,800.50']],
  ])('%s is %s', (text, fen, problems) => {
    expect(read((found) => amountCell({ text, label: '金额' }, found))).toEqual([fen, problems]);
  });

  it('says what to do about a negative one, where something can be done', () => {
    const cell = { text: '-5', label: '金额', onMinus: '，退款请另起一行' };
    expect(read((found) => amountCell(cell, found))[1]).toEqual(['金额不能为负数，退款请另起一行']);
  });

  it.each([
    ['0', 0, ['金额不能为 0']],
    ['0.01', 1, []],
    ['-1', 0, ['金额不能为负数']],
    ['', 0, ['缺少金额']],
  ])('as a price, %s is %d', (text, fen, problems) => {
    expect(read((found) => priceCell({ text, label: '金额' }, found))).toEqual([fen, problems]);
  });
});

describe('a day', () => {
  it.each([
    ['2026-03-09', '2026-03-09'],
    ['2026/3/9', '2026-03-09'],
    ['2026-3-9', '2026-03-09'],
    ['2026/03/9', '2026-03-09'],
    ['2024-02-29', '2024-02-29'],
  ])('%s is %s', (text, day) => {
    expect(read((found) => dayCell({ text, label: '日期' }, found))).toEqual([day, []]);
  });

  it.each(['2026-02-30', '2025-02-29', '26-03-09', '2026-13-01', '3月9日', '2026-03', '450'])(
    '%s is none',
    (text) => {
      expect(read((found) => dayCell({ text, label: '日期' }, found))).toEqual([
        '',
        [`日期“${text}”应写作 2026-11-22`],
      ]);
    },
  );

  it('may be missing where it may, and only there', () => {
    expect(read((found) => dayCell({ text: '', label: '日期' }, found))).toEqual(['', ['缺少日期']]);
    expect(read((found) => maybeDayCell({ text: '', label: '日期' }, found))).toEqual([null, []]);
    expect(read((found) => maybeDayCell({ text: 'x', label: '日期' }, found))[0]).toBeNull();
  });

  it.each([
    ['2026-03-11', '2026-03-11', []],
    ['2026-03-12', '', ['付款日期 2026-03-12 在今天之后']],
    ['', '', ['缺少付款日期']],
  ])('that has come: %s', (text, day, problems) => {
    const cell = { text, label: '付款日期', today: '2026-03-11' };
    expect(read((found) => pastDayCell(cell, found))).toEqual([day, problems]);
  });

  it('is read again as it is written, with or without leading noughts, by slash or dash', () => {
    const anyDay = fc
      .integer({ min: 0, max: 40_000 })
      .map((days) => new Date(Date.UTC(1990, 0, 1 + days)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(anyDay, (day) => {
        const short = day.split('-').map(Number).join('/');
        for (const text of [day, short, short.replaceAll('/', '-')])
          expect(read((found) => dayCell({ text, label: '日期' }, found))).toEqual([day, []]);
      }),
    );
  });
});

describe('a choice', () => {
  const names: Names<'sale' | 'agency'> = [
    ['销售', 'sale'],
    ['代理', 'agency'],
  ];
  it.each([
    ['销售', 'sale', []],
    ['agency', 'agency', []],
    ['AGENCY', 'agency', []],
    ['', null, []],
    ['赠送', null, ['类型“赠送”应为 销售、代理']],
  ])('%s is %s', (text, value, problems) => {
    expect(read((found) => choiceCell({ text, label: '类型', names }, found))).toEqual([value, problems]);
  });
});
