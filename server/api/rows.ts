import type { ImportMode } from '../domain/import-report.ts';
import type { Numbered } from '../domain/row-cells.ts';
import type { Signed } from './caller.ts';

/** How rows that a machine sends are taken in. */
export const modeOf = ({ staffId }: Signed['caller']): ImportMode => ({ by: staffId, via: 'api' });

/** Rows as an import gets them; the first is line 1. */
export async function* numbered<Values>(rows: readonly Values[]): AsyncGenerator<Numbered<Values>> {
  for (const [index, values] of rows.entries()) yield { line: index + 1, values };
}
