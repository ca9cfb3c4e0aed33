import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvCell, csvLine, plainCell } from '../../../../server/domain/imports/csv.ts';

it.each([
  ['=1+1', "'=1+1"],
  ['+cmd', "'+cmd"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-2+3', "'-2+3"],
  ['\tx', "'\tx"],
  ['13800000000', '13800000000'],
  ['0', '0'],
  ['甲,乙', '"甲,乙"'],
  ['他说"好"', '"他说""好"""'],
  ['两\n行', '"两\n行"'],
  [' 空 ', '" 空 "'],
  ['恒锐', '恒锐'],
])('writes %j as %s, so that no spreadsheet runs it', (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

it.each([
  '00123',
  '-12.5',
  '+86',
  '123456789012',
  '123456789012345678',
  '1E5',
  '12e10',
  '3-5',
  '1/2',
  '2026-03-05',
  '2026.3',
  '10:30',
  '5%',
  '1,234',
  '(5)',
  'TRUE',
  '5-Mar',
  'Mar 2026',
  '3月5日',
])('keeps %j from what a spreadsheet would make of it, by a tab that the import takes away', (text) => {
  expect(csvCell(text, 'id')).toBe(`"\t${text}"`);
  expect(plainCell(`\t${text}`)).toBe(text);
});

it.each([
  ['100.50', 'money', '100.50'],
  ['123456789.55', 'money', '"\t123456789.55"'],
  ['2026-03-05', 'day', '2026-03-05'],
  ['2026-03-05 10:00:00', 'text', '2026-03-05 10:00:00'],
  ['mark', 'text', 'mark'],
  ['A-1', 'id', 'A-1'],
] as const)('writes %s, of a column of %s, as %s', (text, holds, cell) => {
  expect(csvCell(text, holds)).toBe(cell);
});

it.each([
  ['="00123"', '00123'],
  ['="55"" 屏"', '55" 屏'],
  ['=1+1', '=1+1'],
])('reads %s, as other programs keep a text, as %s', (cell, text) => {
  expect(plainCell(cell)).toBe(text);
});

it('gives back to the letter what it wrote, and never begins a cell like a formula', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom("'", '=', '-', '1', ',') }),
  );
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
      const [read] = parse(csvLine(cells), { record_delimiter: '\r\n' }) as string[][];
      expect(read?.map(plainCell)).toEqual(cells);
      for (const text of read ?? []) expect(text).not.toMatch(/^[=@]/);
    }),
  );
});
