/**
 * What nobody sees in a text and yet makes it another one (Unicode "default ignorable": zero-width blanks, direction marks,
 * soft hyphens, byte order marks …). Joiners and variation selectors of emoji are not among it: they make other pictures.
 */
const INVISIBLE =
  /(\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0E\uFE0F\u{E0020}-\u{E007F}]*(?:\u200D(?=\p{Extended_Pictographic}))?)|[\p{Default_Ignorable_Code_Point}\p{Cc}\uFFF9-\uFFFB]/gu;

/** Brackets that Chinese company names use for one another: 恒通（上海）, 恒通【上海】, 恒通(上海). */
const OPENING = /[[{【〔〖〘〚]/g;
const CLOSING = /[\]}】〕〗〙〛]/g;

/** ASCII that can be seen, without brackets and blanks, and everyday Chinese characters: text of nothing else is its own key. */
const PLAIN = /^[!-Z\\^-z|~\u4E00-\u9FFF]*$/;

/**
 * The key by which numbers of other systems (orders, contracts, customers) are compared: width, brackets, blanks and invisible
 * characters do not count, capitals do, because some systems give out numbers that differ in nothing else. Never shown.
 */
export function numberKey(text: string): string {
  if (PLAIN.test(text)) return text;
  const seen = withoutInvisible(withoutInvisible(text).normalize('NFKC'));
  return seen.replace(OPENING, '(').replace(CLOSING, ')').replace(/\s+/g, '').normalize('NFKC');
}

/** The key by which names are compared: as `numberKey`, and capitals do not count. Never shown; empty when nothing can be seen. */
export function matchKey(text: string): string {
  return numberKey(numberKey(text).toLowerCase().toUpperCase().toLowerCase());
}

const withoutInvisible = (text: string): string => text.replace(INVISIBLE, '$1');
