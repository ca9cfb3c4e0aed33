import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvCell, csvLine, plainCell } from '../../../server/domain/csv.ts';

it.each([
  ['=1+1', "'=1+1"],
  ['+cmd', "'+cmd"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-2+3', "'-2+3"],
  ['\tx', "'\tx"],
  ['-12.5', '-12.5'],
  ['+86', '+86'],
  ['甲,乙', '"甲,乙"'],
  ['他说"好"', '"他说""好"""'],
  ['两\n行', '"两\n行"'],
  [' 空 ', '" 空 "'],
  ['恒锐', '恒锐'],
])('writes %j as %s, so that no spreadsheet runs it', (text, cell) => {
  expect(csvCell(text)).toBe(cell);
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
