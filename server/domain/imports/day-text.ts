import { addDays, isDay, type Day } from '../calendar.ts';

/** What a cell says of a day: the day, that two days could be meant, or nothing that can be read. */
export type ReadDay = { day: Day } | { problem: 'ambiguous' | 'zoned' | 'unreadable' };

const UNREADABLE: ReadDay = { problem: 'unreadable' };
/** Weekday and time of day behind a date; both are left out. */
const TAIL =
  /(?:[ T]*(?:\(?(?:星期|周)[一二三四五六日天]\)?|(?:上午|下午|中午|早上|晚上|am|pm)?\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?分?(?: ?(?:am|pm))?))+$/i;
/** A moment of UTC says another day in China from 16:00 on; midnight is a day without a time. */
const ZONED = /(?:Z|[+-]\d{2}:?\d{2})$/i;
const MIDNIGHT = /T00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)$/i;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads a day as people, ERPs and spreadsheets write it: `2026-3-5`, `2026/3/5 10:30`, `2026.3.5`, `2026年3月5日`, `20260305`, a
 * serial number of a spreadsheet (1900 system), all in full width, too. What could be two days, such as `03/05/2026`, is none.
 */
export function dayOfText(text: string): ReadDay {
  const plain = text.normalize('NFKC').trim();
  if (/\d:\d/.test(plain) && ZONED.test(plain)) {
    return MIDNIGHT.test(plain) ? asDay(plain.slice(0, 10).split('-')) : { problem: 'zoned' };
  }
  const date = plain.replaceAll(/\s*([-/.年月日号,:])\s*/g, '$1').replace(TAIL, '');
  for (const [shape, read] of SHAPES) {
    const parts = shape.exec(date)?.slice(1);
    if (parts) return read(parts);
  }
  return UNREADABLE;
}

/** Whether two numbers beside a year can be told apart as month and day. */
function dayAndMonth([first = '', second = '', year = '']: readonly string[]): ReadDay {
  if (first === second || Number(first) > 12) return asDay([year, second, first]);
  return Number(second) > 12 ? asDay([year, first, second]) : { problem: 'ambiguous' };
}

const named = (year: string, month: string, day: string): ReadDay =>
  asDay([year, String(MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1), day]);

/** Earlier shapes win. */
const SHAPES: readonly (readonly [RegExp, (parts: readonly string[]) => ReadDay])[] = [
  [
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/,
    ([year = '', , month = '', day = '']) => asDay([year, month, day]),
  ],
  [/^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/, asDay],
  [/^(\d{4})(\d{2})(\d{2})$/, asDay],
  [/^(\d{5})(?:\.\d+)?$/, ([serial = '']) => dayOfSerial(Number(serial))],
  [/^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/, dayAndMonth],
  [
    /^(\d{1,2})[- ]?([a-z]{3,9})[-, ]*(\d{4})$/i,
    ([day = '', month = '', year = '']) => named(year, month, day),
  ],
  [
    /^([a-z]{3,9})[. ]*(\d{1,2}),? ?(\d{4})$/i,
    ([month = '', day = '', year = '']) => named(year, month, day),
  ],
  [/^(\d{4})-([a-z]{3,9})-(\d{1,2})$/i, ([year = '', month = '', day = '']) => named(year, month, day)],
];

function asDay([year = '', month = '', day = '']: readonly string[]): ReadDay {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? { day: text } : UNREADABLE;
}

/** Numbers that are days of 1927 to 2099; others are rather a mistake than a day. */
const SERIALS = { first: 10_000, last: 73_050 };

/** The day of a spreadsheet's serial number, counted from 30 December 1899 (the 1900 system, after its false 29 February). */
function dayOfSerial(serial: number): ReadDay {
  if (serial < SERIALS.first || serial > SERIALS.last) return UNREADABLE;
  return { day: addDays('1899-12-30', serial) };
}
