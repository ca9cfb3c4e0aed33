import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fenOfYuan, yuanText } from '../../../server/domain/money.ts';

const LARGEST_FEN = 100_000_000_000_000;

describe('reading an amount in yuan', () => {
  it.each([
    ['0', 0],
    ['0.00', 0],
    ['0.01', 1],
    ['0.1', 10],
    ['0.10', 10],
    ['0.99', 99],
    ['1', 100],
    ['1.00', 100],
    ['1.01', 101],
    ['1.0100', 101],
    ['1234.5', 123_450],
    ['1,234.50', 123_450],
    ['1,234,567.89', 123_456_789],
    ['¥1234.5', 123_450],
    ['￥1,234.50', 123_450],
    ['1234.50元', 123_450],
    ['¥ 12 ', 1_200],
    ['  12  ', 1_200],
    ['１２３４', 123_400],
    ['１，２３４．５０', 123_450],
    ['-12.30', -1_230],
    ['¥-12.30', -1_230],
    ['-¥12.30', -1_230],
    ['－¥12.30', -1_230],
    ['007', 700],
    ['1.2万', 1_200_000],
    ['1.2万元', 1_200_000],
    ['１．２万', 1_200_000],
    ['0.000001万', 1],
    ['1,234.5万', 1_234_500_000],
    ['1.2亿', 12_000_000_000],
    ['(123.00)', -12_300],
    ['（１２３．００）', -12_300],
    ['¥(1,234.50)', -123_450],
    ['(¥1,234.50)', -123_450],
    ['123.00-', -12_300],
    ['−12.30', -1_230],
    ['RMB 1,200.5', 120_050],
    ['1200CNY', 120_000],
    ['人民币1200元整', 120_000],
    ['1.20000', 120],
  ])('%s is %d fen', (text, fen) => {
    expect(fenOfYuan(text)).toBe(fen);
  });

  it.each([
    [0, 0],
    [0.1, 10],
    [0.29, 29], // 0.29 × 100 is 28.999999999999996
    [1.1, 110], // 1.1 × 100 is 110.00000000000001
    [4.35, 435],
    [1_234.5, 123_450],
    [19_999_999.99, 1_999_999_999],
    [-0.07, -7],
  ])('the spreadsheet number %d is exactly %d fen', (yuan, fen) => {
    expect(fenOfYuan(yuan)).toBe(fen);
  });

  it.each(['0', '-0', '-0.00', '¥-0', -0])('%s is a plain zero', (amount) => {
    expect(fenOfYuan(amount)).toBe(0);
  });

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['a currency alone', '¥'],
    ['a unit alone', '元'],
    ['a sign alone', '-'],
    ['words', 'abc'],
    ['a word behind a number', '12abc'],
    ['dollars', '$12'],
    ['two points', '1.2.3'],
    ['two signs', '--1'],
    ['a plus sign', '+1'],
    ['a point without fen', '1.'],
    ['a point without yuan', '.5'],
    ['a fraction of a fen', '0.001'],
    ['half a fen with zeros behind', '1.005000'],
    ['a fraction of a fen behind zeros', '12.340001'],
    ['an exponent', '1e3'],
    ['hexadecimal', '0x10'],
    ['a blank within', '1 000'],
    ['brackets around nothing', '()'],
    ['two signs in brackets', '(-12)'],
    ['a sign on both sides', '-12-'],
    ['a fraction of a fen in ten thousands', '1.2345678万'],
    ['a unit nobody knows', '12千'],
    ['thousands of four digits', '1,2345'],
    ['points and commas the other way', '1.234,50'],
    ['a lone number after many blanks', `1${' '.repeat(100)}`.concat('x')],
    ['a tiny number', 1e-7],
    ['a huge number', 1e21],
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a sum with a binary rest', 0.1 + 0.2],
  ])('refuses %s', (_, amount) => {
    expect(fenOfYuan(amount)).toBeNull();
  });

  it.each([
    ['1000000000000', LARGEST_FEN],
    ['-1000000000000', -LARGEST_FEN],
    ['1,000,000,000,000.00', LARGEST_FEN],
    ['999999999999.99', LARGEST_FEN - 1],
  ])('takes %s, the far end of the range', (text, fen) => {
    expect(fenOfYuan(text)).toBe(fen);
  });

  it.each(['1000000000000.01', '-1000000000000.01', '1000000000001', '9'.repeat(40)])(
    'refuses %s, beyond the range',
    (text) => {
      expect(fenOfYuan(text)).toBeNull();
    },
  );
});

describe('showing an amount', () => {
  it.each([
    [0, '¥0'],
    [-0, '¥0'],
    [1, '¥0.01'],
    [10, '¥0.10'],
    [99, '¥0.99'],
    [100, '¥1'],
    [101, '¥1.01'],
    [99_999, '¥999.99'],
    [100_000, '¥1,000'],
    [123_450, '¥1,234.50'],
    [99_999_999, '¥999,999.99'],
    [100_000_000, '¥1,000,000'],
    [-1, '-¥0.01'],
    [-123_450, '-¥1,234.50'],
    [LARGEST_FEN, '¥1,000,000,000,000'],
  ])('%d fen reads %s', (fen, text) => {
    expect(yuanText(fen)).toBe(text);
  });
});

describe('reading and showing', () => {
  const anyFen = fc.integer({ min: -LARGEST_FEN, max: LARGEST_FEN });

  it('what is shown can be read again, to the fen and with its sign', () => {
    fc.assert(
      fc.property(anyFen, (fen) => {
        expect(fenOfYuan(yuanText(fen))).toBe(fen + 0);
      }),
    );
  });

  it('an amount reads the same as text and as a spreadsheet number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (fen) => {
        const text = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
        expect(fenOfYuan(text)).toBe(fen);
        expect(fenOfYuan(Number(text))).toBe(fen);
      }),
    );
  });

  it('anything at all is read as whole fen or refused as a wrong amount', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.double(), fc.string({ unit: fc.constantFrom(...'0123.,-¥元 ') })),
        (amount) => {
          expect(fenOfYuan(amount) ?? 0).toSatisfy(Number.isSafeInteger);
        },
      ),
    );
  });
});
