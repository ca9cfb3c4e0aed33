import type { CustomField } from '../accounts/custom-field.ts';
import type { Sheet } from './export-cells.ts';
import { CONTRACT_SHEET, OPPORTUNITY_SHEET, ORDER_SHEET, PAYMENT_SHEET } from './export-deals.ts';
import { accountSheet, CONTACT_SHEET } from './export-people.ts';
import { RECORD_SHEETS } from './export-records.ts';

/** Every kind of file that `export` writes, in this order; secrets and what only machines need (locks, letters) are none. */
export const EXPORT_KINDS: readonly string[] = [
  'accounts',
  'contacts',
  'orders',
  'contracts',
  'payments',
  'opportunities',
  ...RECORD_SHEETS.keys(),
];

/** What a kind may be written as. */
export const EXPORT_FORMATS = ['csv', 'xlsx', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const SHEETS: ReadonlyMap<string, Sheet> = new Map([
  ['contacts', CONTACT_SHEET],
  ['orders', ORDER_SHEET],
  ['contracts', CONTRACT_SHEET],
  ['payments', PAYMENT_SHEET],
  ['opportunities', OPPORTUNITY_SHEET],
  ...RECORD_SHEETS,
]);

/** The table of one kind; `fields`: the administrator's own, for accounts. @throws {RangeError} for a kind nobody knows */
export function sheetFor(kind: string, fields: readonly CustomField[]): Sheet {
  const sheet = kind === 'accounts' ? accountSheet(fields) : SHEETS.get(kind);
  if (!sheet) throw new RangeError(`nothing of kind ${kind} is exported`);
  return sheet;
}
