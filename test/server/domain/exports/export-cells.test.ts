import { expect, it } from 'vitest';
import { cellText, sheetOf, wordOf, yuanCell } from '../../../../server/domain/exports/export-cells.ts';
import { EXPORT_KINDS, sheetFor } from '../../../../server/domain/exports/export-sheets.ts';
import { fenOfYuan } from '../../../../server/domain/money.ts';

const lookup = { accountOf: () => ({ name: '甲', externalId: 'K1' }), timeZone: 'Asia/Shanghai' };

it.each([
  [null, ''],
  [undefined, ''],
  [0, '0'],
  [true, '是'],
  [false, '否'],
  ['甲', '甲'],
  [['a', 'b'], 'a；b'],
  [[], ''],
  [{ head: 10 }, '{"head":10}'],
  [[{ kind: 'mobile' }], '[{"kind":"mobile"}]'],
  [new Date('2026-03-10T18:30:00Z'), '2026-03-11 02:30:00'],
])('writes %j as “%s”', (value, text) => {
  expect(cellText(value, 'Asia/Shanghai')).toBe(text);
});

it.each([0, 1, 1_280_050, 100_000_000_000_000])('writes %i fen so that an import reads the same', (fen) => {
  expect(fenOfYuan(yuanCell(fen) ?? '')).toBe(fen);
});

it('writes no amount where none is known', () => {
  expect(yuanCell(null)).toBeNull();
});

it('writes our values in words, and one without a word as it is', () => {
  const names = [['销售', 'sale']] as const;
  expect(wordOf(names, 'sale')).toBe('销售');
  expect(wordOf<string>(names, 'gift')).toBe('gift');
  expect(wordOf(names, null)).toBeNull();
});

it('makes a row for every part of a thing', () => {
  const sheet = sheetOf<{ parts: number[] }, number>(
    [
      ['数', (part) => part],
      ['客户', (_part, _kept, { accountOf }) => accountOf(null).name],
    ],
    ({ parts }) => parts,
  );
  expect(sheet.rowsOf({ parts: [1, 2] }, lookup)).toEqual([
    ['1', '甲'],
    ['2', '甲'],
  ]);
});

it.each(EXPORT_KINDS.filter((kind) => kind !== 'payments'))(
  '%s: every row is as wide as the header',
  (kind) => {
    const { header, rowsOf } = sheetFor(kind, [
      { key: 'grade', label: '评级', kind: 'text', choices: [], isRequired: false },
    ]);
    const kept = {
      _id: '1',
      accountId: 'a',
      kdm: {},
      milestones: [],
      lines: [],
      tier: 'head',
      stage: 'repeat',
    };
    expect(new Set(header).size).toBe(header.length);
    for (const row of rowsOf(kept, lookup)) expect(row).toHaveLength(header.length);
  },
);

it('knows nothing of other kinds', () => {
  expect(() => sheetFor('api-keys', [])).toThrow(RangeError);
});
