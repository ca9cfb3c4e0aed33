import type { Cell, Line } from './line.ts';
import { readXml, unescaped, type Format, type Sheet, type Tag, type Workbook } from './workbook.ts';

const MOST_COLUMNS = 16_384;

/** A row under way. */
type Row = { line: number; cells: Cell[]; isHidden: boolean };
type Pending = { column: number; type: string; style: number; text: string };

/** The rows of a sheet, one by one; blank ones at the end of a sheet or between rows may be missing. */
export function readSheet(book: Workbook, { path }: Sheet): AsyncGenerator<Line> {
  const pieces = book.zip.text(path);
  if (!pieces) throw new Error(`the workbook lacks ${path}`);
  const done: Line[] = [];
  const state = { row: null as Row | null, cell: null as Pending | null, last: 0, isText: false };
  return readXml(
    pieces,
    {
      open(tag) {
        if (tag.name === 'row') state.row = beginRow(tag, state.last);
        if (tag.name === 'c' && state.row) state.cell = beginCell(tag, state.row);
        state.isText = tag.name === 'v' || tag.name === 't';
      },
      text(piece) {
        if (state.cell && state.isText) state.cell.text += piece;
      },
      close(name) {
        state.isText = false;
        if (name === 'c' && state.cell && state.row) {
          fill(state.row.cells, state.cell.column);
          state.row.cells[state.cell.column] = valueOf(state.cell, book);
          state.cell = null;
        }
        if (name === 'row' && state.row) {
          state.last = state.row.line;
          done.push(state.row);
          state.row = null;
        }
      },
    },
    () => done.splice(0),
  );
}

const beginRow = ({ at }: Tag, last: number): Row => ({
  line: Number(at['r'] ?? last + 1),
  cells: [],
  isHidden: ['1', 'true'].includes(at['hidden'] ?? ''),
});

const beginCell = ({ at }: Tag, { cells }: Row): Pending => ({
  column: at['r'] ? columnOf(at['r']) : cells.length,
  type: at['t'] ?? 'n',
  style: Number(at['s'] ?? 0),
  text: '',
});

/** `AB12` → 27 */
function columnOf(address: string): number {
  const letters = address.replaceAll(/[^A-Z]/g, '');
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  if (column >= MOST_COLUMNS) throw new RangeError(`a sheet has no column ${letters}`);
  return column;
}

/** Cells that are left out are blank. */
function fill(cells: Cell[], upTo: number): void {
  while (cells.length < upTo) cells.push('');
}

function valueOf(pending: Pending, book: Workbook): Cell {
  const { type, text } = pending;
  if (type === 's') return book.strings[Number(text)] ?? '';
  if (type === 'b') return text === '1';
  return type === 'n' ? numberOf(pending, book) : unescaped(text);
}

function numberOf({ style, text }: Pending, { formats, shift }: Workbook): Cell {
  const number = Number(text);
  if (text === '' || !Number.isFinite(number)) return text;
  const format = formats[style] ?? PLAIN;
  return format.isDay ? { serial: number + shift } : padded(number, format);
}

const PLAIN: Format = { isDay: false, digits: 0 };

/** A number of a format such as 00000 is shown, and meant, with its noughts. */
const padded = (number: number, { digits }: Format): Cell =>
  digits > 0 && Number.isInteger(number) && number >= 0 ? String(number).padStart(digits, '0') : number;
