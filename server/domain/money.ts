/** Money is kept in whole fen (1 yuan = 100 fen), so that sums always agree. Source: domain.md §8. */
const LARGEST_FEN = 100_000_000_000_000; // ¥1,000,000,000,000; sums of thousands of these stay exact

/**
 * Reads an amount in yuan, e.g. `1,234.50`, `¥1234.5`, `１２３４`, or a number from a spreadsheet.
 *
 * @throws {RangeError} for anything else, for fractions of a fen, and beyond ± ¥1,000,000,000,000.
 */
export function fenOfYuan(amount: string | number): number {
  const text = String(amount)
    .normalize('NFKC')
    .trim()
    .replace(/^(-?)[¥￥]/, '$1')
    .replace(/元$/, '')
    .trim();
  const match = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2})0*)?$/.exec(text);
  if (!match) throw new RangeError(`“${amount}” is not an amount in yuan`);
  const fen = Number(match[2]?.replaceAll(',', '')) * 100 + Number((match[3] ?? '0').padEnd(2, '0'));
  if (fen > LARGEST_FEN) throw new RangeError(`“${amount}” is too large`);
  return match[1] && fen !== 0 ? -fen : fen;
}

/** `123450` → `¥1,234.50`; whole yuan lose the zeros. */
export function yuanText(fen: number): string {
  const [yuan, rest] = [Math.floor(Math.abs(fen) / 100), Math.abs(fen) % 100];
  const grouped = String(yuan).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}¥${grouped}${rest ? `.${String(rest).padStart(2, '0')}` : ''}`;
}
