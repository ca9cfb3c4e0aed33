/** A piece of an app message: plain, a link, or coloured as in a text card. */
export type Piece = { text: string; href: string | null; tone: 'plain' | 'gray' | 'normal' | 'highlight' };

const MARKUP =
  /<a\s[^>]*?href=["']([^"']*)["'][^>]*>(.*?)<\/a>|<div\s+class=["'](gray|normal|highlight)["']\s*>(.*?)<\/div>/gsu;
const ADDRESS = /https?:\/\/[^\s<>"'，。；）]+/gu;
const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

const TONES = ['gray', 'normal', 'highlight'] as const;
const toneOf = (word: string | undefined) => TONES.find((tone) => tone === word) ?? 'plain';

const plainText = (text: string): string =>
  text
    .replaceAll(/<br\s*\/?>/gu, '\n')
    .replaceAll(/<[^>]+>/gu, '')
    .replaceAll(/&(?:lt|gt|quot|#39|amp);/gu, (entity) => ENTITIES[entity] ?? entity);

/** Where a link leads: into the phone or panel (`here`), to another tab (`outside`), or nowhere (not http). */
export function linkKind(href: string, origin: string): 'here' | 'outside' | 'nowhere' {
  if (!URL.canParse(href, origin)) return 'nowhere';
  const url = new URL(href, origin);
  if (!/^https?:$/u.test(url.protocol)) return 'nowhere';
  return url.origin === origin ? 'here' : 'outside';
}

function addressesIn(text: string, tone: Piece['tone']): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: href, index } of text.matchAll(ADDRESS)) {
    if (index > from) pieces.push({ text: text.slice(from, index), href: null, tone });
    pieces.push({ text: href, href, tone });
    from = index + href.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), href: null, tone });
  return pieces;
}

/** Cuts a message text with WeCom's small markup (`<a href>`, `<div class>`) and bare addresses into pieces; other tags are dropped. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(MARKUP)) {
    const [whole, href, label, tone, body] = found;
    pieces.push(...addressesIn(plainText(text.slice(from, found.index)), 'plain'));
    if (href === undefined) pieces.push(...addressesIn(plainText(body ?? ''), toneOf(tone)));
    else pieces.push({ text: plainText(label ?? href), href, tone: 'plain' });
    from = found.index + whole.length;
  }
  pieces.push(...addressesIn(plainText(text.slice(from)), 'plain'));
  return pieces;
}

/** One line for a chat list. */
export const lineOf = (text: string): string => plainText(text).replaceAll(/\s+/gu, ' ').trim();
