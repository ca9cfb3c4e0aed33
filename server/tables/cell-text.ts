import { addDays } from '../domain/calendar.ts';
import type { Holds } from '../domain/imports/column.ts';
import type { Cell } from './line.ts';

/** From here on a spreadsheet no longer keeps every digit of a whole number. */
const TOO_LONG = 1e15;
/** Bare numbers below are days of a spreadsheet, above are days written as 20260305. */
const LARGEST_SERIAL = 100_000;

/**
 * A cell as text, by what its column holds. Spreadsheets keep days as numbers and sums with noise in the last digits; what they have
 * damaged is shown as they would show it, so that it is refused. `shift`: days to add to bare dates of the 1904 system.
 */
export function cellText(cell: Cell, holds: Holds, shift: number): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return String(cell);
  if (typeof cell === 'object') return momentText(cell.serial, holds);
  return numberText(holds === 'day' && cell < LARGEST_SERIAL ? cell + shift : cell, holds);
}

function numberText(number: number, holds: Holds): string {
  const isDamaged = (holds === 'id' || holds === 'text') && Math.abs(number) >= TOO_LONG;
  return isDamaged ? number.toExponential(5).toUpperCase() : String(Math.round(number * 1e6) / 1e6);
}

/** A day in the column of days; a number that became a day is shown as Excel shows it. */
function momentText(serial: number, holds: Holds): string {
  const day = addDays('1899-12-30', Math.floor(serial));
  if (holds === 'id') return `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
  return day;
}
