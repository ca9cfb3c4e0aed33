import type { Context } from '../context.ts';
import type { ImportMode, ImportReport } from '../domain/imports/import-report.ts';
import type { Numbered } from '../domain/imports/row-cells.ts';
import { eachAtOnce } from '../infra/streams.ts';
import { reclassifyAndTag } from '../flows/accounts/reclassify-and-tag.ts';
import type { Signed } from './caller.ts';

const LANES = 4;

/**
 * Takes in rows that a machine sends, and then what follows of them: the accounts whose facts changed are classified at once. The
 * rows are kept by then, so a failure of that is only logged; the next night does the same.
 */
export async function takeIn(
  context: Context,
  { staffId }: Signed['caller'],
  keep: (mode: ImportMode) => Promise<ImportReport>,
): Promise<ImportReport> {
  const touched = new Set<string>();
  const report = await keep({ by: staffId, via: 'api', touched });
  await eachAtOnce(touched, LANES, (accountId) =>
    reclassifyAndTag(context, [accountId], { by: staffId }).catch((error: unknown) =>
      context.log.warn({ error, accountId }, 'account not classified after an import'),
    ),
  );
  return report;
}

/** Rows as an import gets them; the first is line 1. */
export async function* numbered<Values>(rows: readonly Values[]): AsyncGenerator<Numbered<Values>> {
  for (const [index, values] of rows.entries()) yield { line: index + 1, values };
}
