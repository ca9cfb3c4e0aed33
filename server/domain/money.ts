/** Money is kept in whole fen (1 yuan = 100 fen), so that sums always agree. Source: domain.md §8. */
const LARGEST_FEN = 100_000_000_000_000; // ¥1,000,000,000,000; sums of thousands of these stay exact

const LONGEST_TEXT = 60; // what is longer is no amount, and would be slow to tell
const CURRENCY = String.raw`(?:¥|rmb|cny|人民币)?`;
const NUMBER = String.raw`(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?`;
/** Sign, currency, number, unit, and the minus that SAP writes behind. */
const AMOUNT = new RegExp(
  String.raw`^(-?)\s*${CURRENCY}\s*(-?)\s*${NUMBER}\s*(万|亿)?(?:元|圆)?(?:整)?\s*${CURRENCY}(-?)$`,
  'i',
);
const DIGITS_OF_UNIT: Readonly<Record<string, number>> = { 万: 4, 亿: 8 };

/**
 * Reads an amount in yuan, e.g. `1,234.50`, `¥1234.5`, `１２３４`, `1.2万元`, an accountant's `(12.30)`, or a number from a spreadsheet;
 * null for anything else, for fractions of a fen, and beyond ± ¥1,000,000,000,000. A file may hold a hundred thousand of such.
 */
export function fenOfYuan(amount: string | number): number | null {
  const read = partsOf(String(amount).normalize('NFKC').replaceAll('−', '-').trim());
  if (!read) return null;
  const fen = Number(read.yuan + read.fraction);
  if (fen > LARGEST_FEN) return null;
  return read.isNegative && fen !== 0 ? -fen : fen;
}

/** The digits of whole units and, filled up to fen, of the fraction; null for what is no amount. */
function partsOf(text: string): { yuan: string; fraction: string; isNegative: boolean } | null {
  const match = text.length > LONGEST_TEXT ? null : AMOUNT.exec(unwrapped(text));
  if (!match) return null;
  const [, sign, inner, yuan = '', rest = '', unit, after] = match;
  const signs = [sign, inner, after].filter(Boolean).length;
  const places = 2 + (DIGITS_OF_UNIT[String(unit)] ?? 0);
  const fraction = rest.replace(/0+$/, '');
  if (signs > 1 || fraction.length > places) return null;
  return { yuan: yuan.replaceAll(',', ''), fraction: fraction.padEnd(places, '0'), isNegative: signs > 0 };
}

/** An accountant's brackets are a minus. */
function unwrapped(text: string): string {
  const [, currency = '', inside] = /^(¥?)\s*\(\s*([^()-]+)\s*\)$/.exec(text) ?? [];
  return inside === undefined ? text : `-${currency}${inside}`;
}

/** `123450` → `¥1,234.50`; whole yuan lose the zeros. */
export function yuanText(fen: number): string {
  const [yuan, rest] = [Math.floor(Math.abs(fen) / 100), Math.abs(fen) % 100];
  const grouped = String(yuan).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}¥${grouped}${rest ? `.${String(rest).padStart(2, '0')}` : ''}`;
}
