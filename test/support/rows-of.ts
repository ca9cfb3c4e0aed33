/** Rows as an import gets them: counted as people count, the header is line 1. */
export async function* rowsOf<Values>(
  rows: readonly Values[],
): AsyncGenerator<{ line: number; values: Values }> {
  for (const [index, values] of rows.entries()) yield { line: index + 2, values };
}
